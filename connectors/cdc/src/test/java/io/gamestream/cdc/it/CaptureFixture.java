package io.gamestream.cdc.it;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.settings.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A capture with a schema, slot, publication and topics of its own, so that tests don't meet. */
final class CaptureFixture implements AutoCloseable {

    private static final AtomicInteger NEXT = new AtomicInteger();

    final Stack stack;
    final String id;
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final Connection connection;

    CaptureFixture(Stack stack, String name) throws SQLException {
        this.stack = stack;
        this.id = name + "_" + Long.toString(System.nanoTime(), 36) + NEXT.incrementAndGet();
        this.connection = connect();
        overrides.put("kafka.bootstrap-servers", stack.kafka().bootstrapServers());
        overrides.put("registry.url", stack.registry().url());
        overrides.put("postgres.host", stack.postgres().host());
        overrides.put("postgres.port", String.valueOf(stack.postgres().port()));
        overrides.put("postgres.database", stack.postgres().database());
        overrides.put("postgres.user", stack.postgres().user());
        overrides.put("postgres.password", stack.postgres().password());
        overrides.put("cdc.http.port", "0");
        overrides.put("cdc.slot", id);
        overrides.put("cdc.publication", id);
        overrides.put("cdc.signal-table", id + ".signals");
        sql("CREATE SCHEMA " + id);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.postgres().jdbcUrl(),
                stack.postgres().user(),
                stack.postgres().password());
    }

    /** The topic of a table of this fixture. */
    String topic(String table) {
        return "it-" + id.replace('_', '-') + "." + table.replace('_', '-') + ".v1";
    }

    String table(String table) {
        return id + "." + table;
    }

    CaptureFixture set(String path, String value) {
        overrides.put(path, value);
        return this;
    }

    /** Entries of {@code cdc.tables} in HOCON. */
    CaptureFixture tables(String... entries) {
        return set("cdc.tables", "[" + String.join(",", entries) + "]");
    }

    Map<String, String> overrides() {
        return overrides;
    }

    CdcService start() {
        return CdcService.start(Settings.load(null, Map.of(), overrides));
    }

    void sql(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        sql(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + id
                        + "' AND active",
                "DROP SCHEMA IF EXISTS " + id + " CASCADE",
                "DROP PUBLICATION IF EXISTS " + id);
        org.awaitility.Awaitility.await().ignoreExceptions().until(() -> {
            sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + id + "'");
            return true;
        });
        connection.close();
    }
}
