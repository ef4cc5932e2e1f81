package io.gamestream.cdc.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.cdc.CdcService;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import java.time.Duration;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StackExtension.class)
class SnapshotThenStreamIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stack stack;

    SnapshotThenStreamIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void writesTheTableAndThenItsChanges() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "stream")) {
            capture.sql("CREATE TABLE " + capture.table("games") + " (LIKE catalog.games INCLUDING ALL)");
            capture.sql("INSERT INTO " + capture.table("games")
                    + " (id, title, price_minor, genres) SELECT 'g' || i, 'Game ' || i, i, '{rpg,indie}'"
                    + " FROM generate_series(1, 500) i");
            capture.tables(capture.entry("games", "game.avsc", ""));
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("games"))) {
                await().atMost(SOON).until(() -> reader.table().size() == 500);
                capture.sql(
                        "UPDATE " + capture.table("games") + " SET title = 'Renamed' WHERE id = 'g7'",
                        "DELETE FROM " + capture.table("games") + " WHERE id = 'g8'",
                        "UPDATE " + capture.table("games") + " SET id = 'g9b' WHERE id = 'g9'",
                        "INSERT INTO " + capture.table("games") + " (id, title, price_minor) VALUES ('n', 'New', 1)");
                await().atMost(SOON).until(() -> reader.table().containsKey("n"));
                assertThat(reader.table())
                        .doesNotContainKeys("g8", "g9")
                        .containsKeys("g9b")
                        .hasSize(500);
                GenericRecord renamed = Objects.requireNonNull(reader.table().get("g7"));
                assertThat(renamed.get("title")).hasToString("Renamed");
                assertThat(reader.all()).allSatisfy(fact -> assertThat(fact.headers())
                        .containsKeys("op", "lsn", "commit-lsn", "source-ts"));
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "restart").rows("rows")) {
            capture.sql(
                    "INSERT INTO " + capture.table("rows") + " SELECT i::text, 1, '' FROM generate_series(1, 50) i");
            try (CdcService service = capture.start()) {
                awaitRows(capture, 50);
            }
            capture.sql("UPDATE " + capture.table("rows") + " SET version = 2");
            try (CdcService service = capture.start()) {
                awaitRows(capture, 100);
            }
            try (TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                assertThat(reader.all())
                        .filteredOn(fact -> fact.op().equals("r"))
                        .hasSize(50);
                assertThat(reader.all())
                        .filteredOn(fact -> fact.op().equals("u"))
                        .hasSize(50);
            }
        }
    }

    @Test
    void keepsLargeValuesThatAnUpdateLeavesAlone() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "toast").rows("rows")) {
            capture.sql("ALTER TABLE " + capture.table("rows") + " ALTER COLUMN payload SET STORAGE EXTERNAL");
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
                capture.awaitStreaming(service);
                capture.sql(
                        "INSERT INTO " + capture.table("rows") + " VALUES ('big', 1, repeat('0123456789', 5000))",
                        "UPDATE " + capture.table("rows") + " SET version = 2");
                await().atMost(SOON).until(() -> reader.all().size() == 2);
                GenericRecord updated = Objects.requireNonNull(reader.table().get("big"));
                assertThat(updated.get("version")).isEqualTo(2);
                assertThat(updated.get("payload").toString()).hasSize(50_000);
            }
        }
    }

    @Test
    void readsATableThatWasAddedWhileTheOthersGoOn() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "added").rows("old", "new")) {
            String rows = " SELECT i::text, 1, '' FROM generate_series(1, 3000) i";
            capture.sql("INSERT INTO " + capture.table("old") + rows, "INSERT INTO " + capture.table("new") + rows);
            capture.tables(capture.entry("old", "row.avsc", ""));
            try (CdcService service = capture.start();
                    TopicReader reader = new TopicReader(stack, capture.topic("old"))) {
                await().atMost(SOON).until(() -> reader.all().size() == 3_000);
            }
            capture.sql(
                    "UPDATE " + capture.table("old") + " SET version = 2 WHERE id = '1'",
                    "UPDATE " + capture.table("new") + " SET version = 2 WHERE id = '1'");
            capture.tables(capture.entry("old", "row.avsc", ""), capture.entry("new", "row.avsc", ""));
            capture.set("cdc.engine.incremental-chunk-size", "700");
            try (CdcService service = capture.start();
                    TopicReader old = new TopicReader(stack, capture.topic("old"));
                    TopicReader added = new TopicReader(stack, capture.topic("new"))) {
                await().atMost(SOON).until(() -> added.table().size() == 3_000);
                capture.sql("UPDATE " + capture.table("new") + " SET version = 3 WHERE id = '2'");
                await().atMost(SOON)
                        .until(() -> Objects.requireNonNull(added.table().get("2"))
                                .get("version")
                                .equals(3));
                assertThat(Objects.requireNonNull(added.table().get("1")).get("version"))
                        .isEqualTo(2);
                assertThat(old.all()).hasSize(3_001);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void advancesThePositionOfAnIdleCapture() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "idle").rows("rows")) {
            capture.sql("CREATE TABLE " + capture.table("uncaptured") + " (x text)");
            try (CdcService service = capture.start()) {
                await().atMost(SOON).until(() -> capture.confirmedLag() >= 0);
                capture.sql("INSERT INTO " + capture.table("uncaptured")
                        + " SELECT repeat('x', 1000) FROM generate_series(1, 10000)");
                await().atMost(SOON).until(() -> capture.confirmedLag() < 1_000_000);
                assertThat(service.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    private void awaitRows(CaptureFixture capture, int rows) {
        try (TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
            await().atMost(SOON).until(() -> reader.all().size() == rows);
        }
    }
}
