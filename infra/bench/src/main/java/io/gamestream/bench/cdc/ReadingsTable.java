package io.gamestream.bench.cdc;

import io.gamestream.runtime.connection.PostgresSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The benchmark's own table, captured by an .avsc and configuration like anybody else's. */
final class ReadingsTable {

    static final String TOPIC = "bench.readings.v1";
    private static final int ROWS_PER_TRANSACTION = 1_000;
    private static final String INSERT =
            "INSERT INTO bench.readings SELECT i, 'player-' || i, 'eu-west', 'game-' || i % 5000, i * 7 % 9999,"
                    + " i * 0.37, i % 3 = 0, 'a note of middling length about reading ' || i, now(), now()"
                    + " FROM generate_series(?, ?) AS i";

    private final PostgresSettings postgres;

    ReadingsTable(PostgresSettings postgres) {
        this.postgres = postgres;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    void create() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA bench");
            statement.execute("CREATE TABLE bench.readings (id bigint PRIMARY KEY, player text NOT NULL,"
                    + " region text NOT NULL, game_id text NOT NULL, price_minor bigint NOT NULL,"
                    + " score double precision NOT NULL, active boolean NOT NULL, note text,"
                    + " created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)");
        }
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive), a thousand in each transaction. */
    void insert(long from, long to) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (long first = from; first < to; first += ROWS_PER_TRANSACTION) {
                insert.setLong(1, first);
                insert.setLong(2, Math.min(first + ROWS_PER_TRANSACTION, to) - 1);
                insert.execute();
                connection.commit();
            }
        }
    }

    /** What the server would do by itself, at a moment of its own, some time after so many rows were written. */
    void settle() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE) bench.readings");
        }
    }

    static void insertOne(Connection connection, long id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, id);
            insert.setLong(2, id);
            insert.execute();
        }
    }

    /** Settings that capture this table and no other. */
    static Path settings(Path directory) throws IOException {
        Path schema = directory.resolve("Reading.avsc");
        try (InputStream resource =
                Objects.requireNonNull(ReadingsTable.class.getResourceAsStream("Reading.avsc"), "Reading.avsc")) {
            Files.copy(resource, schema, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.writeString(
                directory.resolve("cdc.conf"),
                "backbone.cdc.tables = [{ table = bench.readings, topic = " + TOPIC + ", schema = \"" + schema
                        + "\" }]\n");
    }
}
