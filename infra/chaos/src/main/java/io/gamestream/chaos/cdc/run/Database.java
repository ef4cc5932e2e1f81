package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.script.GameRow;
import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the run asks of the database and does to it, each in a session of its own. */
final class Database {

    private static final int FETCH = 5_000;
    private final PostgresSettings settings;
    private final String slot;

    Database(PostgresSettings settings, String slot) {
        this.settings = settings;
        this.slot = slot;
    }

    /** Hash of each row of {@code catalog.games} by key. */
    Map<String, Long> table() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH);
            Map<String, Long> hashes = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT * FROM catalog.games")) {
                while (rows.next()) {
                    GameRow row = row(rows);
                    hashes.put(row.id(), row.hash());
                }
            }
            return hashes;
        } catch (SQLException e) {
            throw new ChaosException("the table can't be read", e);
        }
    }

    /** The server process that streams from the slot, if any. */
    OptionalLong walSender() {
        return number("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
    }

    /** Ends a server process's session, as the server does by itself with a client that has been silent for long. */
    void terminate(long pid) {
        number("SELECT pg_terminate_backend(" + pid + ")::int");
    }

    /** The process of some session that is not ours; the server ends all of them when one dies unasked. */
    OptionalLong anyBackend() {
        return number(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                        + " ORDER BY backend_start LIMIT 1");
    }

    /** Whether it accepts connections. */
    boolean isUp() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private OptionalLong number(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                return OptionalLong.empty();
            }
            long value = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (SQLException e) {
            throw new ChaosException("the database did not answer: " + query, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    }

    private static GameRow row(ResultSet rows) throws SQLException {
        @Nullable LocalDate release = rows.getObject("release_date", LocalDate.class);
        @Nullable Integer age = rows.getObject("age_rating", Integer.class);
        return new GameRow(
                rows.getString("id"),
                rows.getLong("price_minor"),
                rows.getString("title"),
                rows.getString("description"),
                rows.getString("developer"),
                rows.getString("publisher"),
                List.of((String[]) rows.getArray("genres").getArray()),
                rows.getString("currency"),
                release,
                age,
                rows.getString("gpu_class"),
                rows.getString("status"),
                rows.getObject("created_at", OffsetDateTime.class).toInstant(),
                rows.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
