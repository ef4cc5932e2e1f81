package io.gamestream.local.world;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The simulator's memory, in a schema of its own in the database that it moves: which world this is, and which numbers have
 * been given, so that an id is never given twice even where its row was deleted. Not captured, and no product table.
 */
final class WorldTable {

    /** Any number will do, as long as nobody else takes it: "world" as ASCII. */
    private static final long LOCK = 0x776F726C64L;

    /** The one row. */
    record Row(long seed, Instant beginning, boolean seeded, int boots, int users, int games, int orders) {}

    private WorldTable() {}

    static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            result.next();
            if (!result.getBoolean(1)) {
                throw new SQLException("another world simulator moves this database (waiting for it to end)");
            }
        }
    }

    /** Counts one start more, and makes the row where there is none; commits. */
    static Row begin(Connection connection, WorldSettings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS world");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS world.state (
                      one boolean PRIMARY KEY DEFAULT true CHECK (one), seed bigint NOT NULL, beginning timestamptz NOT NULL,
                      seeded boolean NOT NULL DEFAULT false, boots integer NOT NULL DEFAULT 0,
                      users integer NOT NULL, games integer NOT NULL, orders integer NOT NULL)""");
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO world.state (seed, beginning, users, games, orders) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")) {
            insert.setLong(1, settings.seed());
            insert.setObject(2, OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
            insert.setInt(3, settings.users());
            insert.setInt(4, settings.games());
            insert.setInt(5, settings.orders());
            insert.executeUpdate();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("UPDATE world.state SET boots = boots + 1"
                        + " RETURNING seed, beginning, seeded, boots, users, games, orders")) {
            row.next();
            Row found = new Row(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getBoolean(3),
                    row.getInt(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getInt(7));
            connection.commit();
            return found;
        }
    }

    static void seeded(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE world.state SET seeded = true");
        }
        connection.commit();
    }

    /** Remembers the highest number given, in the transaction of the row that got it. */
    static void used(Connection connection, String column, int number) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE world.state SET " + column + " = GREATEST(" + column + ", ?)")) {
            statement.setInt(1, number);
            statement.executeUpdate();
        }
    }
}
