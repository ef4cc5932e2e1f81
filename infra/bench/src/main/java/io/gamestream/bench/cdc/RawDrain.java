package io.gamestream.bench.cdc;

import io.gamestream.runtime.connection.PostgresSettings;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** The limit of any capture: the same log read by the same driver, and thrown away. */
final class RawDrain {

    private static final String SLOT = "bench_raw";
    private static final String PUBLICATION = "bench_raw";

    private final PostgresSettings postgres;

    RawDrain(PostgresSettings postgres) {
        this.postgres = postgres;
    }

    /** From now on the log is kept for {@link #rowsPerSecond}. */
    void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE bench.readings");
            statement.execute("SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
        }
    }

    /** Reads that many inserted rows; the slot is dropped. */
    double rowsPerSecond(long rows) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, postgres.user());
        PGProperty.PASSWORD.set(properties, postgres.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), properties)) {
            long start;
            try (PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(SLOT)
                    .withSlotOption("proto_version", "1")
                    .withSlotOption("publication_names", PUBLICATION)
                    .start()) {
                start = System.nanoTime();
                for (long seen = 0; seen < rows; ) {
                    ByteBuffer message = stream.read();
                    if (message.get(message.position()) == 'I') {
                        seen++;
                    }
                }
            }
            return rows / ((System.nanoTime() - start) / 1e9);
        } finally {
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), properties(postgres));
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_drop_replication_slot('" + SLOT + "')");
            }
        }
    }

    private static Properties properties(PostgresSettings postgres) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, postgres.user());
        PGProperty.PASSWORD.set(properties, postgres.password());
        return properties;
    }
}
