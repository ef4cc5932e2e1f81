package io.gamestream.chaos.cdc.workload;

import io.gamestream.chaos.cdc.script.Step;
import io.gamestream.chaos.cdc.script.Transaction;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * One database session that carries transactions out exactly once each, also where the server goes away under it: each
 * transaction leaves its number in a table of ours, and after a lost connection that number says whether it was committed.
 */
final class Session implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MS = 100;

    /** The log's position is read after everything that the transaction has written, and before its commit record. */
    private static final String MARK = "INSERT INTO chaos.done (connection, transaction) VALUES (?, ?)"
            + " ON CONFLICT (connection) DO UPDATE SET transaction = excluded.transaction"
            + " RETURNING pg_current_wal_insert_lsn()::text";

    private final PostgresSettings settings;
    private final int number;
    private final History history;
    private @Nullable Connection connection;

    Session(PostgresSettings settings, int number, History history) {
        this.settings = settings;
        this.number = number;
        this.history = history;
    }

    /** Makes the table of ours; once, before any session works. */
    static void prepare(PostgresSettings settings) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS chaos");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS chaos.done (connection int PRIMARY KEY, transaction bigint NOT NULL)");
        }
    }

    /**
     * Carries it out; returns when it is committed or rolled back as planned, and written down.
     *
     * @throws SQLException where the database stays away, or refuses a statement
     */
    void execute(Transaction transaction) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable Long floor = null;
        while (true) {
            try {
                if (floor != null && isDone(transaction)) {
                    history.committed(transaction, floor, 0);
                    return;
                }
                Connection open = open();
                floor = null;
                for (Step step : transaction.steps()) {
                    new GameWriter(open).execute(step);
                }
                if (!transaction.commits()) {
                    open.rollback();
                    history.rolledBack();
                    return;
                }
                floor = mark(open, transaction);
                open.commit();
                history.committed(transaction, floor, token(open));
                return;
            } catch (SQLException e) {
                disconnect();
                if (!isConnectionTrouble(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private long mark(Connection open, Transaction transaction) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(MARK)) {
            statement.setInt(1, number);
            statement.setLong(2, transaction.number());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return LogSequenceNumber.valueOf(rows.getString(1)).asLong();
            }
        }
    }

    /** As a product service takes it for its clients; 0 where the server has gone meanwhile. */
    private static long token(Connection open) {
        try (Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
            rows.next();
            long token = LogSequenceNumber.valueOf(rows.getString(1)).asLong();
            open.rollback();
            return token;
        } catch (SQLException e) {
            return 0;
        }
    }

    /** Whether the transaction whose COMMIT got no answer was committed. */
    private boolean isDone(Transaction transaction) throws SQLException {
        Connection open = open();
        // FOR UPDATE waits for a backend that is still at it.
        try (PreparedStatement statement =
                open.prepareStatement("SELECT transaction FROM chaos.done WHERE connection = ? FOR UPDATE")) {
            statement.setInt(1, number);
            try (ResultSet rows = statement.executeQuery()) {
                boolean done = rows.next() && rows.getLong(1) == transaction.number();
                open.rollback();
                return done;
            }
        }
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connect(settings);
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    static Connection connect(PostgresSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "chaos");
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    /** Class 08: connection; 57P01 to 57P03: shut down, crashed, starting. */
    private static boolean isConnectionTrouble(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is broken anyway.
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
