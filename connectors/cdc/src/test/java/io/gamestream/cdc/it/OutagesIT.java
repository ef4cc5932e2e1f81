package io.gamestream.cdc.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that go and come back, or give a slot up: on a broker and a database of this class's own. */
@ExtendWith(StackExtension.class)
class OutagesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Longer than the producer's patience, which is shortened for the test; a minute in a run by hand. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("cdc.away", 8));

    private static RestartableStack servers;
    private static Path directory;

    @BeforeAll
    static void start(Stack shared) throws Exception {
        directory = Files.createTempDirectory("backbone-outages-");
        servers = RestartableStack.start(directory, shared.registry());
    }

    @AfterAll
    static void stop() throws IOException {
        servers.close();
        servers.delete();
    }

    @Test
    void goesOnExactlyWhenTheBrokerAndThenTheDatabaseCameBack() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(servers, "away").rows("rows")) {
            capture.set(
                    "cdc.transaction.properties",
                    "{ delivery.timeout.ms = 3000, request.timeout.ms = 2000," + " max.block.ms = 3000 }");
            Workload load;
            try (CdcService service = capture.start();
                    Connection connection = capture.connect()) {
                capture.awaitStreaming(service);
                load = new Workload(connection, capture.table("rows"), "a", 7);
                transactions(load, 30);
                servers.stopBroker();
                try {
                    transactions(load, 30);
                    await().during(AWAY).atMost(AWAY.plus(SOON)).until(() -> CaptureFixture.metrics(service)
                            .contains("cdc_state{slot=\"" + capture.id + "\",state=\"waiting\"} 1"));
                } finally {
                    servers.startBroker();
                }
                transactions(load, 30);
                verify(capture, load, service);

                servers.restartPostgres();
                await().atMost(SOON).ignoreExceptions().until(() -> capture.reconnect());
                try (Connection again = capture.connect()) {
                    load.use(again);
                    transactions(load, 30);
                    verify(capture, load, service);
                }
                assertThat(CaptureFixture.metrics(service)).containsPattern("cdc_restarts_total\\{[^}]*\\} [1-9]");
            }
        }
    }

    @Test
    void stopsWhenTheDatabaseHasGivenTheSlotUp() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(servers, "invalid").rows("rows");
                Connection admin = servers.administrator()) {
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
            }
            capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('a', 1, '')");
            // The stack's own limit on the log is an argument and can't be changed; this limit does the same to the
            // slot.
            RestartableStack.run(
                    admin, "ALTER SYSTEM SET idle_replication_slot_timeout = '1s'", "SELECT pg_reload_conf()");
            try {
                await().atMost(SOON).until(() -> {
                    RestartableStack.run(admin, "CHECKPOINT");
                    return "lost"
                            .equals(capture.text("SELECT wal_status FROM pg_replication_slots WHERE slot_name = '"
                                    + capture.id + "'"));
                });
                assertThat(capture.refusal())
                        .contains("replication slot " + capture.id + " has lost its log")
                        .contains("max_slot_wal_keep_size")
                        .contains("./backbone cdc reset --yes");
            } finally {
                RestartableStack.run(
                        admin, "ALTER SYSTEM RESET idle_replication_slot_timeout", "SELECT pg_reload_conf()");
            }
            assertThat(capture.command("reset", "--yes")).startsWith("0: ");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(servers, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                assertThat(reader.table()).containsOnlyKeys("a");
            }
        }
    }

    @Test
    void needsNoMoreRightsThanTheDocumentationSays() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(servers, "rights").rows("rows");
                Connection admin = servers.administrator()) {
            RestartableStack.run(admin, "CREATE ROLE reader LOGIN REPLICATION PASSWORD 'reader'");
            capture.set("postgres.user", "reader").set("postgres.password", "reader");
            assertThat(capture.refusal()).contains(capture.table("rows"));
            capture.sql(
                    "GRANT USAGE ON SCHEMA " + capture.id + " TO reader",
                    "GRANT SELECT ON " + capture.table("rows") + " TO reader");
            assertThat(capture.refusal()).contains("Its owner must run: ALTER TABLE");
            capture.sql(
                    "ALTER TABLE " + capture.table("rows") + " REPLICA IDENTITY FULL",
                    "CREATE TABLE " + capture.table("extra") + " (id text PRIMARY KEY)",
                    "CREATE PUBLICATION " + capture.id + " FOR TABLE " + capture.table("extra"));
            assertThat(capture.refusal())
                    .contains("Its owner must run: ALTER PUBLICATION " + capture.id + " ADD TABLE");
            capture.sql("ALTER PUBLICATION " + capture.id + " ADD TABLE " + capture.table("rows"));
            capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('a', 1, '')");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(servers, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                capture.sql(
                        "INSERT INTO " + capture.table("extra") + " VALUES ('x')",
                        "BEGIN",
                        "INSERT INTO " + capture.table("extra") + " VALUES ('y')",
                        "INSERT INTO " + capture.table("rows") + " VALUES ('b', 1, '')",
                        "COMMIT");
                await().atMost(SOON).until(() -> reader.table().size() == 2);
                assertThat(capture.command(service, "snapshot", capture.table("rows")))
                        .startsWith("1: ")
                        .contains("no incremental snapshots without a signal table");
            }
            capture.sql(
                    "CREATE TABLE " + capture.table("signals")
                            + " (id varchar(64) PRIMARY KEY, type varchar(32) NOT NULL, data text)",
                    "GRANT SELECT, INSERT, DELETE ON " + capture.table("signals") + " TO reader",
                    "ALTER PUBLICATION " + capture.id + " ADD TABLE " + capture.table("signals"));
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                assertThat(capture.command(service, "snapshot", capture.table("rows")))
                        .startsWith("0: ")
                        .contains("complete, 2 rows");
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    private static void transactions(Workload load, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            load.transaction();
        }
    }

    private static void verify(CaptureFixture capture, Workload load, CdcService service) {
        try (TopicReader reader = new TopicReader(servers, capture.topic("rows"))) {
            await().atMost(SOON).until(() -> {
                assertThat(service.failure().toCompletableFuture()).isNotDone();
                return reader.all().size() >= load.rows();
            });
            assertThat(reader.history()).isEqualTo(load.history());
            assertThat(reader.all()).hasSize((int) load.rows());
        }
    }
}
