package io.gamestream.payments.intake;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Does a thing once per key, in one transaction with the note that it was done. Two at a time don't wait for each other: the
 * second is told to come again. Thread-safe.
 */
final class Idempotent {

    private final HikariDataSource pool;

    Idempotent(HikariDataSource pool) {
        this.pool = pool;
    }

    /** What is done; its effects are the transaction's. */
    interface Work {

        Done in(Connection transaction) throws SQLException;
    }

    /** What was done, and the answer to give now and ever after. */
    record Done(String orderId, String body) {}

    /**
     * The answer.
     *
     * @param position from which on the effect is in Postgres' log
     */
    record Answer(String body, boolean replayed, String position) {}

    /**
     * Does it, or answers as before.
     *
     * @param fingerprint of the whole request
     * @throws io.gamestream.runtime.http.ProblemException where the key is in use, or was used for another request
     */
    Answer once(String key, byte[] fingerprint, Work work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (!lock(connection, key)) {
                    throw Refusals.inProgress(key);
                }
                String known = find(connection, key, fingerprint);
                String body = known == null ? carryOut(connection, key, fingerprint, work) : known;
                connection.commit();
                return new Answer(body, known != null, position(connection));
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static String carryOut(Connection connection, String key, byte[] fingerprint, Work work)
            throws SQLException {
        Done done = work.in(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO payments.idempotency (key, fingerprint, order_id, body) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, key);
            insert.setBytes(2, fingerprint);
            insert.setString(3, done.orderId());
            insert.setString(4, done.body());
            insert.executeUpdate();
        }
        return done.body();
    }

    /** Held until the transaction ends. Two keys of one hash would only be told to come again. */
    private static boolean lock(Connection connection, String key) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, key);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static @Nullable String find(Connection connection, String key, byte[] fingerprint) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("SELECT fingerprint, body FROM payments.idempotency WHERE key = ?")) {
            find.setString(1, key);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                if (!Arrays.equals(row.getBytes(1), fingerprint)) {
                    throw Refusals.otherBody(key);
                }
                return row.getString(2);
            }
        }
    }

    /** After the commit: the commit's own record comes after every position that the transaction could see. */
    private static String position(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 'pg:' || pg_current_wal_lsn()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
