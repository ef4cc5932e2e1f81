package io.gamestream.cdc.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Incremental snapshots: asked for by a row in the signal table, which reaches the engine in the stream of changes, in its
 * place and again after a crash; followed by what the engine tells of them. Thread-safe, and nobody waits for the database but
 * who asks for one.
 */
public final class Snapshots {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_KEPT = 100;

    /** Somebody's migration may hold a table for long; whoever asks is waiting for an answer. */
    private static final Duration LOCKS = Duration.ofSeconds(5);

    private final PostgresSettings postgres;
    private final Map<String, Status> byTable = new LinkedHashMap<>();
    private @Nullable TableName signals;

    /**
     * What is known of the latest snapshot of a table.
     *
     * @param state {@code requested}, {@code running}, {@code complete} or {@code failed}
     * @param rows read so far
     * @param reason of a failure
     */
    public record Status(
            String table, String state, long rows, @Nullable String reason, Instant since) {}

    public Snapshots(PostgresSettings postgres) {
        this.postgres = postgres;
    }

    /** From now on requests go into this table; null where there is none. */
    synchronized void useSignals(@Nullable TableName table) {
        signals = table;
    }

    /** The latest of each table, oldest first. */
    public synchronized List<Status> all() {
        return List.copyOf(byTable.values());
    }

    /**
     * Asks for snapshots of tables that are captured.
     *
     * @param where a condition in SQL on the rows, or null for all
     * @throws CaptureException where there is no signal table
     * @throws IllegalArgumentException where the condition can't be worked out
     */
    public void request(Collection<TableName> tables, @Nullable String where) throws SQLException {
        TableName into = signals();
        if (into == null) {
            throw new CaptureException("no incremental snapshots without a signal table (cdc.signal-table): the user of"
                    + " the capture may not create it; see the log of its start");
        }
        try (SourceDatabase database = SourceDatabase.open(postgres, "backbone cdc snapshot")) {
            database.waitForLocks(LOCKS);
            if (where != null) {
                check(database, tables, where);
            }
            // Before the engine can tell that it has begun.
            tables.forEach(table -> note(table.toString(), "requested", 0, null));
            signal(database, into, tables, where);
        }
    }

    private void signal(SourceDatabase database, TableName into, Collection<TableName> tables, @Nullable String where)
            throws SQLException {
        try {
            database.signal(into, UUID.randomUUID().toString(), "execute-snapshot", data(tables, where));
        } catch (SQLException e) {
            tables.forEach(table -> note(table.toString(), "failed", 0, e.getMessage()));
            throw e;
        }
    }

    private synchronized @Nullable TableName signals() {
        return signals;
    }

    /** The engine would fail on it, and again after each restart: the request stays in its offset. */
    private static void check(SourceDatabase database, Collection<TableName> tables, String where) throws SQLException {
        if (where.contains(";")) {
            throw new IllegalArgumentException(
                    "where: a condition has no semicolon (expected: such as updated_at > '2026-01-01')");
        }
        for (TableName table : tables) {
            try {
                database.explain(table, where);
            } catch (SQLException e) {
                if (!isOfTheCondition(e)) {
                    throw e;
                }
                throw new IllegalArgumentException(
                        "where: " + e.getMessage() + " (expected: a condition on the columns of " + table
                                + ", such as updated_at > '2026-01-01')",
                        e);
            }
        }
    }

    /** Data exceptions and errors of syntax or names; not a right that we lack, nor a database that is away. */
    private static boolean isOfTheCondition(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || (state.startsWith("42") && !state.equals("42501"));
    }

    synchronized void noticed(SnapshotNotice notice) {
        String table = notice.table();
        if (table == null) {
            return;
        }
        if (!notice.completesTable()) {
            note(table, "running", notice.rows(), null);
        } else if (notice.complete()) {
            note(table, "complete", notice.rows(), null);
        } else {
            note(table, "failed", notice.rows(), notice.status());
        }
    }

    private synchronized void note(String table, String state, long rows, @Nullable String reason) {
        byTable.remove(table);
        byTable.put(table, new Status(table, state, rows, reason, Instant.now()));
        if (byTable.size() > MOST_KEPT) {
            byTable.remove(byTable.keySet().iterator().next());
        }
    }

    private static String data(Collection<TableName> tables, @Nullable String where) {
        ObjectNode data = MAPPER.createObjectNode().put("type", "incremental");
        for (TableName table : tables) {
            // The engine takes regular expressions.
            data.withArray("data-collections").add(EngineProperties.pattern(table));
            if (where != null) {
                data.withArray("additional-conditions")
                        .addObject()
                        .put("data-collection", table.toString())
                        .put("filter", where);
            }
        }
        return data.toString();
    }
}
