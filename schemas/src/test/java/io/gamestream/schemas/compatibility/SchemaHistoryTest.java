package io.gamestream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The gate: no schema of the catalogue leaves the build that cannot read all that was ever written to its topic. */
class SchemaHistoryTest {

    private final SchemaHistory history = new SchemaHistory(Path.of("src/main/schema-history"));

    @Test
    void everySchemaReadsAllOfItsCommittedVersionsAndIsTheNewest() throws IOException {
        List<String> problems = new ArrayList<>();
        for (TopicSpec topic : TopicCatalogue.all()) {
            Schema schema = topic.schema();
            if (schema != null) {
                if (Boolean.getBoolean("schemas.accept")) {
                    history.accept(topic.subject(), schema);
                }
                problems.addAll(history.problems(topic.subject(), schema));
            }
        }

        // As a failure of its own: the summary of the build shows the first line of it.
        if (!problems.isEmpty()) {
            fail(String.join("\n", problems));
        }
    }

    @Test
    void theHistoryHoldsTheSubjectsOfTheCatalogueAndNothingElse() throws IOException {
        assertThat(history.subjects())
                .containsExactlyInAnyOrderElementsOf(TopicCatalogue.all().stream()
                        .filter(topic -> topic.schema() != null)
                        .map(TopicSpec::subject)
                        .toList());
        for (String subject : history.subjects()) {
            assertThat(history.stray(subject)).as(subject).isEmpty();
        }
    }
}
