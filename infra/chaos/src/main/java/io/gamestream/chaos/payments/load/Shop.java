package io.gamestream.chaos.payments.load;

import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Users and games in Postgres, and the orders that got there. */
public final class Shop {

    static final int USERS = 300;
    static final int GAMES = 60;
    static final String FREE = "g-free";
    static final String GONE = "g-gone";
    static final String FOREIGN = "g-usd";

    private final PostgresSettings postgres;

    public Shop(PostgresSettings postgres) {
        this.postgres = postgres;
    }

    /** Puts the goods on the shelves. */
    public void fill() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement user =
                        connection.prepareStatement("INSERT INTO identity.users (id, handle) VALUES (?, ?)");
                PreparedStatement game =
                        connection.prepareStatement("INSERT INTO catalog.games (id, title, price_minor,"
                                + " currency, status) VALUES (?, ?, ?, ?, ?::catalog.game_status)")) {
            for (int i = 1; i <= USERS; i++) {
                user.setString(1, "u" + i);
                user.setString(2, "player" + i);
                user.addBatch();
            }
            user.executeBatch();
            for (int i = 1; i <= GAMES; i++) {
                game(game, "g" + i, 99 + 100L * i, "EUR", "ACTIVE");
            }
            game(game, FREE, 0, "EUR", "ACTIVE");
            game(game, GONE, 999, "EUR", "WITHDRAWN");
            game(game, FOREIGN, 999, "USD", "ACTIVE");
            game.executeBatch();
        }
    }

    /** Ids of the orders that are there. */
    public Set<String> orders() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM payments.orders")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static void game(PreparedStatement insert, String id, long price, String currency, String status)
            throws SQLException {
        insert.setString(1, id);
        insert.setString(2, "Game " + id);
        insert.setLong(3, price);
        insert.setString(4, currency);
        insert.setString(5, status);
        insert.addBatch();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
