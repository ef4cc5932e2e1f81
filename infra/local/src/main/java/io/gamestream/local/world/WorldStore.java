package io.gamestream.local.world;

import io.gamestream.local.load.BulkInsert;
import io.gamestream.local.load.PostgresLoad;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Carries actions out in Postgres, each in a transaction of its own; plays are not its business. One connection, which is
 * thrown away after an error.
 */
final class WorldStore implements Action.Handler<SQLException>, AutoCloseable {

    private final Connection connection;

    /** Connects, and takes the lock that keeps a second simulator away for as long as the connection lives. */
    WorldStore(PostgresSettings settings) throws SQLException {
        this.connection = PostgresLoad.connect(settings);
        try {
            WorldTable.lock(connection);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Carries it out and commits. */
    void perform(Action action) throws SQLException {
        action.to(this);
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void addUser(Action.AddUser action) throws SQLException {
        BulkInsert.users(connection, List.of(action.row()));
        WorldTable.used(connection, "users", action.number());
    }

    @Override
    public void changeProfile(Action.ChangeProfile action) throws SQLException {
        run(
                "UPDATE identity.users SET handle = ?, tier = ?::identity.tier, region = ?, country = ?, updated_at = now()"
                        + " WHERE id = ?",
                action.handle(),
                action.tier().name(),
                action.region().id(),
                action.country(),
                Ids.USER.of(action.number()));
    }

    @Override
    public void deleteUser(Action.DeleteUser action) throws SQLException {
        // Asked again here: somebody else may have ordered for this user.
        run(
                "DELETE FROM identity.users WHERE id = ? AND NOT EXISTS (SELECT FROM payments.orders WHERE user_id = ?)",
                Ids.USER.of(action.number()),
                Ids.USER.of(action.number()));
    }

    @Override
    public void addGame(Action.AddGame action) throws SQLException {
        BulkInsert.games(connection, List.of(action.row()));
        WorldTable.used(connection, "games", action.number());
    }

    @Override
    public void changePrice(Action.ChangePrice action) throws SQLException {
        run(
                "UPDATE catalog.games SET price_minor = ?::bigint, updated_at = now() WHERE id = ?",
                Long.toString(action.priceMinor()),
                Ids.GAME.of(action.number()));
    }

    @Override
    public void changeDescription(Action.ChangeDescription action) throws SQLException {
        run(
                "UPDATE catalog.games SET description = ?, updated_at = now() WHERE id = ?",
                action.description(),
                Ids.GAME.of(action.number()));
    }

    @Override
    public void changeGameStatus(Action.ChangeGameStatus action) throws SQLException {
        run(
                "UPDATE catalog.games SET status = ?::catalog.game_status, updated_at = now() WHERE id = ?",
                action.status().name(),
                Ids.GAME.of(action.number()));
    }

    @Override
    public void deleteGame(Action.DeleteGame action) throws SQLException {
        run("DELETE FROM catalog.games WHERE id = ?", Ids.GAME.of(action.number()));
    }

    @Override
    public void placeOrder(Action.PlaceOrder action) throws SQLException {
        BulkInsert.orders(connection, List.of(action.row()));
        WorldTable.used(connection, "orders", action.number());
    }

    /** An order that somebody else keeps: only its number is noted. */
    void numbered(Action.PlaceOrder action) throws SQLException {
        WorldTable.used(connection, "orders", action.number());
        connection.commit();
    }

    @Override
    public void settleOrder(Action.SettleOrder action) throws SQLException {
        run(
                "UPDATE payments.orders SET status = ?::payments.order_status, updated_at = now()"
                        + " WHERE id = ? AND status = ?::payments.order_status",
                action.to().name(),
                Ids.ORDER.of(action.number()),
                action.from().name());
    }

    @Override
    public void playGame(Action.PlayGame action) {
        throw new IllegalArgumentException("plays are not kept in Postgres: " + action);
    }

    private void run(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
