package io.gamestream.cdc.it;

import static io.gamestream.cdc.it.CaptureFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes under a capture at its source: it goes on correctly, or stops with a message that says what to do. */
@ExtendWith(StackExtension.class)
class SourceTroubleIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stack stack;

    SourceTroubleIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aSecondCaptureOfTheSlotTakesOverAndTheFirstOneStops() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "fence").rows("rows")) {
            try (CdcService first = capture.start()) {
                capture.awaitStreaming(first);
                insert(capture, "a", 1);
                try (CdcService second = capture.start();
                        TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                    assertThat(failure(first))
                            .contains("another capture has taken over slot " + capture.id)
                            .contains("cdc.slot");
                    insert(capture, "b", 1);
                    await().atMost(SOON).until(() -> reader.table().containsKey("b"));
                    assertThat(reader.all()).hasSize(2);
                    assertThat(second.failure().toCompletableFuture()).isNotDone();
                }
            }
        }
    }

    @Test
    void aDroppedColumnStopsItUntilTheTableIsReadAgain() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "dropcol").rows("rows", "other")) {
            insert(capture, "a", 1);
            insert(capture, "gone", 1);
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                capture.sql("ALTER TABLE " + capture.table("rows") + " ADD COLUMN more text");
                insert(capture, "wider", 1);
                capture.sql(
                        "ALTER TABLE " + capture.table("rows") + " DROP COLUMN payload",
                        "INSERT INTO " + capture.table("other") + " VALUES ('o', 1, '')",
                        "INSERT INTO " + capture.table("rows") + " (id, version) VALUES ('narrow', 2)",
                        "DELETE FROM " + capture.table("rows") + " WHERE id = 'gone'");
                assertThat(failure(service))
                        .contains("table " + capture.table("rows") + " has no column payload for field payload")
                        .contains("nothing is lost")
                        .contains("./backbone cdc reset --table " + capture.table("rows") + " --yes");
            }
            assertThat(capture.refusal()).contains("has no column payload for field payload");
            capture.sql("ALTER TABLE " + capture.table("rows") + " ADD COLUMN payload text NOT NULL DEFAULT 'mended'");
            assertThat(capture.refusal())
                    .as("the log keeps the change in its old shape")
                    .contains("has no column payload for field payload");
            assertThat(capture.command("reset", "--yes", "--table", capture.table("rows")))
                    .startsWith("0: ");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"));
                    TopicReader other = new TopicReader(stack, capture.topic("other"))) {
                await().atMost(SOON).until(() -> reader.table().containsKey("narrow"));
                insert(capture, "later", 1);
                await().atMost(SOON).until(() -> reader.table().containsKey("later"));
                await().atMost(SOON).until(() -> !reader.table().containsKey("gone"));
                assertThat(reader.table()).containsOnlyKeys("a", "wider", "narrow", "later");
                assertThat(Objects.requireNonNull(reader.table().get("narrow")).get("payload"))
                        .hasToString("mended");
                assertThat(other.all()).as("another table goes on, once").hasSize(1);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void aDroppedColumnOfAFieldWithADefaultStopsItUntilItIsSaidToHaveNone() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "lostcol")) {
            capture.sql("CREATE TABLE " + capture.table("games") + " (LIKE catalog.games INCLUDING ALL)");
            capture.tables(capture.entry("games", "game.avsc", ""));
            String insert = "INSERT INTO " + capture.table("games") + " (id, title, price_minor) VALUES ('";
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("games"))) {
                capture.awaitStreaming(service);
                capture.sql(insert + "a', 'A', 1)");
                await().atMost(SOON).until(() -> reader.table().containsKey("a"));
                capture.sql("ALTER TABLE " + capture.table("games") + " DROP COLUMN developer", insert + "b', 'B', 1)");
                assertThat(failure(service))
                        .contains("table " + capture.table("games") + " has no column developer for field developer")
                        .contains("./backbone cdc reset --table " + capture.table("games") + " --yes");
                assertThat(reader.table()).containsOnlyKeys("a");
            }
            assertThat(capture.refusal()).contains("has no column developer for field developer");
            capture.tables(capture.entry("games", "game.avsc", ", fields { developer = \"\" }"));
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("games"))) {
                await().atMost(SOON).until(() -> reader.table().containsKey("b"));
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
            // Also where no row tells of it.
            capture.sql("ALTER TABLE " + capture.table("games") + " RENAME COLUMN publisher TO house");
            assertThat(capture.refusal()).contains("has no column publisher for field publisher");
        }
    }

    @Test
    void aWiderTypeGoesOnAndAnUnlikeOneStopsIt() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "type").rows("rows")) {
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN version TYPE bigint");
                insert(capture, "a", 7);
                await().atMost(SOON).until(() -> reader.table().containsKey("a"));
                capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN version TYPE text");
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('b', 'seven', '')");
                assertThat(failure(service))
                        .contains("table " + capture.table("rows") + ", column version (text), field version (int)")
                        .contains("no value of this column type fits this field")
                        .doesNotContain("seven");
                assertThat(reader.table()).containsOnlyKeys("a");
            }
            assertThat(capture.refusal()).contains("column version (text), field version (int)");
        }
    }

    @Test
    void aTruncationStopsItOrBecomesTombstones() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "truncate").rows("rows")) {
            capture.sql(
                    "INSERT INTO " + capture.table("rows") + " SELECT i::text, 1, '' FROM generate_series(1, 300) i");
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                capture.sql(
                        "BEGIN",
                        "INSERT INTO " + capture.table("rows") + " VALUES ('x', 1, '')",
                        "TRUNCATE " + capture.table("rows"),
                        "INSERT INTO " + capture.table("rows") + " VALUES ('1', 2, '')",
                        "COMMIT");
                assertThat(failure(service))
                        .contains("table " + capture.table("rows") + " was truncated")
                        .contains("cdc.on-truncate = tombstones");
            }
            capture.set("cdc.on-truncate", "tombstones");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                await().atMost(SOON).until(() -> reader.table().size() == 1);
                GenericRecord after = Objects.requireNonNull(reader.table().get("1"));
                assertThat(after.get("version")).isEqualTo(2);
                assertThat(reader.all())
                        .filteredOn(fact -> fact.value() == null)
                        .hasSize(301);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void aPublicationThatNoLongerSendsATableStopsIt() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "publication").rows("rows", "other")) {
            insert(capture, "gone", 1);
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                capture.sql(
                        "ALTER PUBLICATION " + capture.id + " DROP TABLE " + capture.table("rows"),
                        "DELETE FROM " + capture.table("rows"));
                insert(capture, "unseen", 1);
                assertThat(failure(service))
                        .contains("publication " + capture.id + " sends nothing of " + capture.table("rows"))
                        .contains("./backbone cdc reset --table " + capture.table("rows") + " --yes")
                        .doesNotContain(capture.table("other"));
            }
            assertThat(capture.refusal()).as("also at the next start").contains("sends nothing of");
            assertThat(capture.command("reset", "--yes", "--table", capture.table("rows")))
                    .startsWith("0: ");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                await().atMost(SOON).until(() -> reader.table().containsKey("unseen"));
                await().atMost(SOON).until(() -> !reader.table().containsKey("gone"));
                // As a migration does it that makes a table anew.
                capture.sql(
                        "ALTER TABLE " + capture.table("rows") + " RENAME TO rows_before",
                        "CREATE TABLE " + capture.table("rows") + " (LIKE " + capture.table("rows_before")
                                + " INCLUDING ALL)");
                assertThat(failure(service)).contains("sends nothing of " + capture.table("rows"));
            }
            capture.sql("DROP PUBLICATION " + capture.id);
            assertThat(capture.refusal())
                    .contains("publication " + capture.id + " has been dropped")
                    .contains("--table " + capture.table("other"));
            capture.sql("CREATE PUBLICATION " + capture.id + " FOR TABLE " + capture.table("other") + ", "
                    + capture.table("rows") + " WHERE (version > 5)");
            assertThat(capture.refusal()).contains("sends only some rows or columns of " + capture.table("rows"));
            capture.sql("ALTER PUBLICATION " + capture.id + " SET TABLE " + capture.table("other") + ", "
                    + capture.table("rows"));
            capture.sql("ALTER PUBLICATION " + capture.id + " SET (publish = 'insert')");
            assertThat(capture.refusal()).contains("doesn't send all of insert, update, delete and truncate");
        }
    }

    @Test
    void aLostSlotStopsItUntilItStartsOver() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "slot").rows("rows")) {
            capture.sql("SELECT pg_create_logical_replication_slot('" + capture.id + "', 'pgoutput')");
            assertThat(capture.refusal())
                    .contains("replication slot " + capture.id + " exists, but Kafka holds no position for it")
                    .contains("pg_drop_replication_slot");
            capture.sql("SELECT pg_drop_replication_slot('" + capture.id + "')");
            insert(capture, "gone", 1);
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                await().atMost(SOON).ignoreExceptions().until(() -> {
                    capture.sql("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                            + capture.id + "' AND active");
                    capture.sql("SELECT pg_drop_replication_slot('" + capture.id + "')");
                    return true;
                });
                assertThat(failure(service))
                        .contains("replication slot " + capture.id + " doesn't exist any more")
                        .contains("./backbone cdc reset --yes");
            }
            capture.sql("DELETE FROM " + capture.table("rows"));
            insert(capture, "unseen", 1);
            assertThat(capture.command("reset", "--yes")).startsWith("0: ").contains("takes a snapshot");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                assertThat(reader.table()).containsOnlyKeys("unseen");
            }
            insert(capture, "skipped", 1);
            capture.sql("SELECT pg_replication_slot_advance('" + capture.id + "', pg_current_wal_lsn())");
            assertThat(capture.refusal())
                    .contains("has been moved to")
                    .contains("the changes between are gone from the log")
                    .contains("./backbone cdc reset --yes");
        }
    }

    @Test
    void aReplicaIdentityThatLosesValuesStopsIt() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "identity").rows("rows")) {
            capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN payload SET STORAGE EXTERNAL");
            capture.set("cdc.manage-replica-identity", "false");
            String statement = "ALTER TABLE \"" + capture.id + "\".\"rows\" REPLICA IDENTITY FULL";
            assertThat(capture.refusal())
                    .contains("table " + capture.table("rows") + " needs REPLICA IDENTITY FULL")
                    .contains(statement);
            capture.sql(statement);
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('big', 1, repeat('0123456789', 5000))");
                await().atMost(SOON).until(() -> reader.table().containsKey("big"));
                capture.sql(
                        "ALTER TABLE " + capture.table("rows") + " REPLICA IDENTITY DEFAULT",
                        "UPDATE " + capture.table("rows") + " SET version = 2");
                assertThat(failure(service))
                        .contains("column payload (text), field payload: the log doesn't hold this large value")
                        .contains("REPLICA IDENTITY FULL");
                assertThat(reader.all()).hasSize(1);
            }
        }
    }

    @Test
    void aTableThatSomebodyReadsForLongIsWaitedForAndNobodyWaitsBehind() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "locked").rows("rows");
                Connection reader = capture.connect();
                Statement report = reader.createStatement()) {
            reader.setAutoCommit(false);
            report.execute("SELECT count(*) FROM " + capture.table("rows"));
            try (CdcService service = capture.start()) {
                await().atMost(SOON).untilAsserted(() -> assertThat(CaptureFixture.page(service, "/readyz"))
                        .contains("waiting for table " + capture.table("rows"))
                        .contains("It is held by [pid ")
                        .contains("idle in transaction"));
                capture.sql("SET statement_timeout = '10s'", "SELECT count(*) FROM " + capture.table("rows"));
                assertThat(service.failure().toCompletableFuture()).isNotDone();
                reader.rollback();
                capture.awaitStreaming(service);
            }
        }
    }

    @Test
    void aReplicaIdentityThatDoesNotTellThePrimaryKeyStopsTheStart() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "index")) {
            capture.sql(
                    "CREATE TABLE " + capture.table("rows")
                            + " (id int PRIMARY KEY, version int NOT NULL UNIQUE, payload int NOT NULL)",
                    "ALTER TABLE " + capture.table("rows") + " REPLICA IDENTITY USING INDEX rows_version_key");
            capture.tables(capture.entry("rows", "row.avsc", ""));
            assertThat(capture.refusal())
                    .contains("table " + capture.table("rows") + " has REPLICA IDENTITY USING INDEX")
                    .contains("REPLICA IDENTITY DEFAULT");
            capture.sql("ALTER TABLE " + capture.table("rows") + " REPLICA IDENTITY NOTHING");
            assertThat(capture.refusal()).contains("has REPLICA IDENTITY NOTHING");
            capture.sql("ALTER TABLE " + capture.table("rows") + " REPLICA IDENTITY DEFAULT");
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
            }
        }
    }

    @Test
    void whatItsContractCannotTakeStopsItOrBecomesADeadLetter() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "refused").rows("rows")) {
            capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN version TYPE bigint");
            try (CdcService service = capture.start()) {
                capture.awaitStreaming(service);
                insert(capture, "a", 1);
                insert(capture, "beyond", 3_000_000_123L);
                insert(capture, "b", 1);
                assertThat(failure(service))
                        .contains("column version (int8), field version: a number beyond 32 bits")
                        .contains("cdc.on-unmappable = dead-letter")
                        .as("a value may be private")
                        .doesNotContain("3000000123");
            }
            capture.set("cdc.on-unmappable", "dead-letter");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"));
                    TopicReader dead = new TopicReader(stack, "cdc.dead-letters.v1", false)) {
                await().atMost(SOON).until(() -> reader.table().containsKey("b"));
                assertThat(reader.table()).containsOnlyKeys("a", "b");
                assertThat(dead.all())
                        .filteredOn(fact ->
                                capture.table("rows").equals(fact.headers().get("dead-letter.table")))
                        .singleElement()
                        .satisfies(letter -> assertThat(letter.headers())
                                .containsEntry("dead-letter.topic", capture.topic("rows"))
                                .containsEntry("op", "c")
                                .hasEntrySatisfying("dead-letter.reason", reason -> assertThat(reason)
                                        .contains("a number beyond 32 bits"))
                                .hasEntrySatisfying(
                                        "value", value -> assertThat(value).contains("3000000123")));
                assertThat(CaptureFixture.metrics(service))
                        .contains("cdc_dead_letters_total{slot=\"" + capture.id + "\"} 1");
            }
        }
    }

    @Test
    void whatIsWholeBeforeARefusalIsInKafka() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "whole").rows("rows")) {
            // One batch has all of it.
            capture.set("cdc.engine.poll-interval", "2s");
            capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN version TYPE bigint");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                insert(capture, "a", 1);
                insert(capture, "b", 1);
                capture.sql(
                        "BEGIN",
                        "INSERT INTO " + capture.table("rows") + " VALUES ('with it', 1, '')",
                        "INSERT INTO " + capture.table("rows") + " VALUES ('beyond', 3000000123, '')",
                        "COMMIT");
                assertThat(failure(service)).contains("everything before its transaction is in Kafka");
                await().atMost(SOON).until(() -> reader.table().size() == 2);
                assertThat(reader.table()).containsOnlyKeys("a", "b");
            }
            capture.set("cdc.on-unmappable", "dead-letter");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                await().atMost(SOON).until(() -> reader.table().containsKey("with it"));
                assertThat(reader.all()).hasSize(3);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    /** A capture that is killed there goes on from that position. */
    @Test
    void whatIsWholeBeforeATruncationIsCoveredByThePositionThatCutsIt() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "cut").rows("rows")) {
            capture.set("cdc.engine.poll-interval", "2s");
            capture.set("cdc.on-truncate", "tombstones");
            try (CdcService service = capture.start();
                    TopicReader positions = new TopicReader(stack, "cdc.positions.v1");
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                insert(capture, "before", 1);
                capture.sql("TRUNCATE " + capture.table("rows"));
                await().atMost(SOON).until(() -> reader.all().size() == 2);
                long before = Long.parseLong(
                        Objects.requireNonNull(reader.all().get(0).headers().get("commit-lsn")));
                assertThat(positions.all())
                        .filteredOn(fact -> fact.key().equals(capture.id))
                        .extracting(fact -> Objects.requireNonNull(fact.value()))
                        .filteredOn(position ->
                                !position.get("engineOffset").toString().contains("\"partial\":null"))
                        .isNotEmpty()
                        .allSatisfy(position ->
                                assertThat((Long) position.get("lsn")).isGreaterThanOrEqualTo(before));
            }
        }
    }

    private static void insert(CaptureFixture capture, String id, long version) throws Exception {
        capture.sql("INSERT INTO " + capture.table("rows") + " VALUES ('" + id + "', " + version + ", '')");
    }
}
