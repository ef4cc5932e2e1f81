package io.gamestream.cdc.source;

import io.gamestream.cdc.mapping.ColumnType;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the capture asks of the database beside the engine, over one connection. Not thread-safe. */
public final class SourceDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceDatabase.class);

    private static final String COLUMNS = """
            SELECT a.attname,
                   CASE WHEN t.typcategory = 'A' THEN e.typname WHEN t.typtype = 'd' THEN b.typname ELSE t.typname END,
                   COALESCE(e.typtype, b.typtype, t.typtype) = 'e', t.typcategory = 'A', a.attstorage <> 'p'
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
            LEFT JOIN pg_type b ON b.oid = t.typbasetype
            WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;
    private static final String PRIMARY_KEY = """
            SELECT array_agg(a.attname::text ORDER BY k.n)
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, n)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ?::oid AND i.indisprimary
            """;
    private static final String SLOT = """
            SELECT confirmed_flush_lsn, active_pid, COALESCE(wal_status, 'lost'),
                   pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint,
                   COALESCE(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint,
                   plugin, database = current_database()
            FROM pg_replication_slots WHERE slot_name = ?
            """;

    /** {@code prattrs} and {@code prqual} came with version 15; as JSON they are absent before, and not an error. */
    private static final String PUBLISHED = """
            SELECT n.nspname, c.relname,
                   to_jsonb(r) ->> 'prattrs' IS NOT NULL OR to_jsonb(r) ->> 'prqual' IS NOT NULL
            FROM pg_publication p
            JOIN pg_publication_tables t ON t.pubname = p.pubname
            JOIN pg_namespace n ON n.nspname = t.schemaname
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
            LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = c.oid
            WHERE p.pubname = ?
            """;

    private final Connection connection;

    private SourceDatabase(Connection connection) {
        this.connection = connection;
    }

    public static SourceDatabase open(PostgresSettings settings, String purpose) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", purpose);
        // A database that has gone without a word must not hold us for TCP's many minutes.
        properties.putIfAbsent("connectTimeout", "5");
        properties.putIfAbsent("socketTimeout", "60");
        return new SourceDatabase(DriverManager.getConnection(settings.jdbcUrl(), properties));
    }

    /** How long a statement may wait for a lock; for ever without this. */
    public void waitForLocks(Duration atMost) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + atMost.toMillis());
        }
    }

    /** Cuts the connection, whatever it is doing; from any thread. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("cutting a connection: {}", e.toString());
        }
    }

    public int version() throws SQLException {
        return Integer.parseInt(text("SHOW server_version_num"));
    }

    public String walLevel() throws SQLException {
        return text("SHOW wal_level");
    }

    /** Where the log ends, including what isn't flushed yet, and the database's clock just before it was looked at. */
    public LogEnd logEnd() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text, statement_timestamp()")) {
            row.next();
            return new LogEnd(
                    Lsn.parse(row.getString(1)),
                    row.getObject(2, OffsetDateTime.class).toInstant());
        }
    }

    /** Empty where there is no such publication. */
    public Optional<PublicationInfo> publication(String name) throws SQLException {
        boolean everyOperation;
        boolean alterable;
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate,"
                        + " NOT puballtables AND pg_has_role(pubowner, 'USAGE') FROM pg_publication WHERE pubname = ?")) {
            find.setString(1, name);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                everyOperation = row.getBoolean(1);
                alterable = row.getBoolean(2);
            }
        }
        Set<TableName> whole = new HashSet<>();
        Set<TableName> partial = new HashSet<>();
        try (PreparedStatement find = connection.prepareStatement(PUBLISHED)) {
            find.setString(1, name);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    (row.getBoolean(3) ? partial : whole).add(new TableName(row.getString(1), row.getString(2)));
                }
            }
        }
        return Optional.of(new PublicationInfo(whole, partial, everyOperation, alterable));
    }

    /**
     * Refuses a condition on the rows of a table that the database can't work out, without running it.
     *
     * @throws SQLException with what the database says of it
     */
    public void explain(TableName table, String condition) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("EXPLAIN SELECT 1 FROM " + table.quoted() + " WHERE (" + condition + ")");
        }
    }

    /**
     * Writes a message into the log and sees to it that it is flushed: what isn't flushed isn't streamed, and the log of an
     * idle database may wait for seconds. Returns the log's end after it.
     */
    public long emit(String prefix) throws SQLException {
        // Before 17 only a transaction's commit flushes.
        String call = connection.getMetaData().getDatabaseMajorVersion() >= 17
                ? "pg_logical_emit_message(false, '" + prefix + "', '', true)"
                : "pg_logical_emit_message(true, '" + prefix + "', '')";
        return Lsn.parse(text("SELECT " + call + "::text"));
    }

    /** Empty where there is no such table, or it isn't visible to this user. */
    public Optional<TableInfo> table(TableName name) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT c.oid, c.relreplident::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')")) {
            find.setString(1, name.schema());
            find.setString(2, name.table());
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(describe(name, row.getLong(1), TableInfo.Identity.of(row.getString(2))))
                        : Optional.empty();
            }
        }
    }

    /** Who holds locks on a table at this moment; may be nobody. */
    public List<String> lockHolders(TableName table) throws SQLException {
        return LockHolders.of(connection, table);
    }

    /** Empty where there is no such slot. */
    public Optional<SlotInfo> slot(String name) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(SLOT)) {
            find.setString(1, name);
            try (ResultSet row = find.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (!"pgoutput".equals(row.getString(6)) || !row.getBoolean(7)) {
                    throw new SourceException("replication slot " + name + " belongs to another plug-in or database ("
                            + row.getString(6) + "). Choose another name (cdc.slot)");
                }
                String confirmed = row.getString(1);
                int pid = row.getInt(2);
                return Optional.of(new SlotInfo(
                        confirmed == null ? 0 : Lsn.parse(confirmed),
                        row.wasNull() ? null : pid,
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5)));
            }
        }
    }

    public void dropSlot(String name) throws SQLException {
        try (PreparedStatement drop = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
            drop.setString(1, name);
            drop.execute();
        }
    }

    /** Ends the server process of a connection, if this user may. */
    public void terminate(int pid) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
            end.setInt(1, pid);
            end.execute();
        }
    }

    /** Writes a signal for the engine. */
    public void signal(TableName table, String id, String type, String data) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table.quoted() + " (id, type, data) VALUES (?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, type);
            insert.setString(3, data);
            insert.execute();
        }
    }

    /** Runs a statement that returns nothing. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private TableInfo describe(TableName name, long oid, TableInfo.Identity identity) throws SQLException {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        List<String> toastable = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(COLUMNS)) {
            find.setLong(1, oid);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    columns.put(
                            row.getString(1),
                            ColumnType.ofCatalog(row.getString(2), row.getBoolean(3), row.getBoolean(4)));
                    if (row.getBoolean(5)) {
                        toastable.add(row.getString(1));
                    }
                }
            }
        }
        return new TableInfo(name, columns, primaryKey(oid), identity, toastable);
    }

    private List<String> primaryKey(long oid) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(PRIMARY_KEY)) {
            find.setLong(1, oid);
            try (ResultSet row = find.executeQuery()) {
                Array names = row.next() ? row.getArray(1) : null;
                return names == null ? List.of() : List.of((String[]) names.getArray());
            }
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
