package io.gamestream.cdc.it;

import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcCommand;
import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;

/** A capture with a schema, slot, publication and topics of its own, so that tests don't meet. */
final class CaptureFixture implements AutoCloseable {

    private static final AtomicInteger NEXT = new AtomicInteger();

    final Stack stack;
    final String id;
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private Connection connection;

    CaptureFixture(Stack stack, String name) throws SQLException {
        this.stack = stack;
        this.id = name + "_" + Long.toString(System.nanoTime(), 36) + NEXT.incrementAndGet();
        this.connection = connect();
        overrides.putAll(stack.connectionSettings());
        // Not the product's: no './backbone topics --apply' has made them, also where Kafka is elsewhere.
        overrides.put("cdc.create-topics", "true");
        overrides.put("cdc.register-schemas", "true");
        overrides.put("cdc.http.port", "0");
        overrides.put("cdc.slot", id);
        overrides.put("cdc.outbox", "[]");
        overrides.put("cdc.publication", id);
        overrides.put("cdc.signal-table", id + ".signals");
        sql("CREATE SCHEMA " + id);
    }

    Connection connect() throws SQLException {
        return stack.openPostgres();
    }

    /** After the server has been away; true once it is there. */
    boolean reconnect() throws SQLException {
        connection = connect();
        return true;
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

    CdcService start() throws Exception {
        return CdcService.start(Settings.load(null, Map.of(), overrides));
    }

    /** The one message that a capture stops with. */
    static String failure(CdcService service) throws InterruptedException, TimeoutException {
        try {
            service.failure().toCompletableFuture().get(60, TimeUnit.SECONDS);
            throw new AssertionError("the capture was closed");
        } catch (ExecutionException e) {
            return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        }
    }

    /** The message that a capture stops with as soon as it is started. */
    String refusal() throws Exception {
        try (CdcService service = start()) {
            return failure(service);
        }
    }

    /** What {@code ./backbone cdc ...} says and its exit status, such as {@code 0: done}. */
    String command(CdcService service, String... arguments) {
        set("cdc.http.port", String.valueOf(service.port()));
        try {
            return command(arguments);
        } finally {
            set("cdc.http.port", "0");
        }
    }

    String command(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = CdcCommand.commandLine();
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        // All that it needs is in the overrides; a BACKBONE_CONFIG would be of another stack.
        all.add("--config=" + emptyFile());
        overrides.forEach((path, value) -> all.add("--set=" + path + "=" + value));
        int status = line.execute(all.toArray(new String[0]));
        return status + ": " + said.toString().strip();
    }

    private static Path emptyFile() {
        try {
            Path file = Files.createTempFile("nothing", ".conf");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metrics page. */
    static String metrics(CdcService service) throws IOException, InterruptedException {
        return page(service, "/metrics");
    }

    /** What the capture answers to a GET. */
    static String page(CdcService service, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Until the first snapshot is complete and the log is followed. */
    void awaitStreaming(CdcService service) {
        HttpClient client = HttpClient.newHttpClient();
        URI ready = URI.create("http://127.0.0.1:" + service.port() + "/readyz");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    void sql(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A table of rows (id, version, payload) that is captured; {@link Workload}'s form. */
    CaptureFixture rows(String... names) throws SQLException {
        List<String> entries = new ArrayList<>();
        for (String name : names) {
            sql("CREATE TABLE " + table(name) + " (id text PRIMARY KEY, version int NOT NULL, payload text NOT NULL)");
            entries.add(entry(name, "row.avsc", ""));
        }
        return tables(entries.toArray(new String[0]));
    }

    /** An entry of {@code cdc.tables} with a schema of the test resources. */
    String entry(String table, String schema, String more) {
        return "{ table = \"" + table(table) + "\", topic = \"" + topic(table) + "\", schema = \"classpath:" + schema
                + "\" " + more + " }";
    }

    /** How far readers can read a topic: the sum of its last stable offsets; 0 where there is no such topic. */
    long written(String table) {
        Map<String, Object> properties = new HashMap<>(stack.kafka().clientProperties());
        try (Admin admin = Admin.create(properties)) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < 4; partition++) {
                ends.put(new TopicPartition(topic(table), partition), OffsetSpec.latest());
            }
            return admin
                    .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Bytes of log that the slot has not acknowledged; -1 without a slot. */
    long confirmedLag() throws SQLException {
        return number("SELECT COALESCE(max(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)), -1)::bigint"
                + " FROM pg_replication_slots WHERE slot_name = '" + id + "'");
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
        // Of a role of the test's own, nobody may; a process whose client has closed ends by itself.
        sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity JOIN pg_replication_slots ON pid = active_pid"
                        + " WHERE slot_name = '" + id + "' AND usename = current_user",
                "DROP SCHEMA IF EXISTS " + id + " CASCADE",
                "DROP PUBLICATION IF EXISTS " + id);
        await().ignoreExceptions().until(() -> {
            sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + id + "'");
            return true;
        });
        connection.close();
    }
}
