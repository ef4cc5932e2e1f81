package io.gamestream.local.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamestream.local.load.GameRow;
import io.gamestream.local.load.OrderRow;
import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.payments.OrderStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Reads the world back from the database after a restart. What is not the world's own is left out. */
final class WorldMemory {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int FETCH = 5_000;

    private final Connection connection;
    private final WorldState state;

    private WorldMemory(Connection connection, WorldState state) {
        this.connection = connection;
        this.state = state;
    }

    static WorldState recover(Connection connection, WorldTable.Row row) throws SQLException {
        WorldMemory memory = new WorldMemory(connection, new WorldState(row.seed(), row.boots()));
        memory.users();
        memory.games();
        memory.orders();
        memory.state.numbersUsed(row.users(), row.games(), row.orders());
        connection.commit();
        return memory.state;
    }

    private void users() throws SQLException {
        read(
                "SELECT id, handle, region FROM identity.users WHERE id LIKE 'u-%'",
                row -> {
                    OptionalInt number = Ids.USER.number(row.getString(1));
                    if (number.isPresent()) {
                        state.apply(new Action.AddUser(
                                number.getAsInt(),
                                new UserRow(
                                        row.getString(1),
                                        row.getString(2),
                                        null,
                                        row.getString(3),
                                        Tier.FREE,
                                        null,
                                        Instant.EPOCH)));
                    }
                });
    }

    private void games() throws SQLException {
        read(
                "SELECT id, title, genres, price_minor, status FROM catalog.games WHERE id LIKE 'g-%'",
                row -> {
                    OptionalInt number = Ids.GAME.number(row.getString(1));
                    if (number.isPresent()) {
                        state.apply(new Action.AddGame(number.getAsInt(), game(row)));
                        state.apply(
                                new Action.ChangeGameStatus(number.getAsInt(), GameStatus.valueOf(row.getString(5))));
                    }
                });
    }

    private static GameRow game(ResultSet row) throws SQLException {
        List<String> genres = List.of((String[]) row.getArray(3).getArray());
        return new GameRow(
                row.getString(1),
                row.getString(2),
                null,
                null,
                null,
                genres,
                row.getLong(4),
                GameMaker.CURRENCY,
                null,
                null,
                GpuClass.STANDARD,
                Instant.EPOCH);
    }

    private void orders() throws SQLException {
        read(
                "SELECT id, user_id, status, lines FROM payments.orders WHERE id LIKE 'o-%'"
                        + " ORDER BY substring(id FROM 3)::bigint",
                row -> {
                    OptionalInt number = Ids.ORDER.number(row.getString(1));
                    if (number.isPresent()) {
                        state.apply(new Action.PlaceOrder(number.getAsInt(), order(row)));
                    }
                });
    }

    private static OrderRow order(ResultSet row) throws SQLException {
        try {
            return new OrderRow(
                    row.getString(1),
                    row.getString(2),
                    OrderStatus.valueOf(row.getString(3)),
                    JSON.readValue(row.getString(4), new TypeReference<List<OrderRow.Line>>() {}),
                    GameMaker.CURRENCY,
                    Instant.EPOCH);
        } catch (JsonProcessingException e) {
            throw new SQLException("lines of order " + row.getString(1) + ": " + e.getOriginalMessage(), e);
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void read(String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Without a fetch size the driver keeps the whole result in memory.
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }
}
