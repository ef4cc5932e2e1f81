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
            capture.tables("{ table = \"" + capture.table("games") + "\", topic = \"" + capture.topic("games")
                    + "\", schema = \"src/test/resources/game.avsc\" }");
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
}
