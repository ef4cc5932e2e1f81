package io.gamestream.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gamestream.schemas.StateCatalogue;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The gate: no schema leaves the build that cannot read all that was ever written to its topic, or kept in a store. */
class SchemaHistoryTest {

    private final SchemaHistory history = new SchemaHistory(Path.of("src/main/schema-history"));

    @Test
    void everySchemaReadsAllOfItsCommittedVersionsAndIsTheNewest() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Schema> one : all().entrySet()) {
            if (Boolean.getBoolean("schemas.accept")) {
                history.accept(one.getKey(), one.getValue());
            }
            problems.addAll(history.problems(one.getKey(), one.getValue()));
        }

        // As a failure of its own: the summary of the build shows the first line of it.
        if (!problems.isEmpty()) {
            fail(String.join("\n", problems));
        }
    }

    @Test
    void theHistoryHoldsTheSubjectsOfTheCataloguesAndNothingElse() throws IOException {
        assertThat(history.subjects()).containsExactlyInAnyOrderElementsOf(all().keySet());
        for (String subject : history.subjects()) {
            assertThat(history.stray(subject)).as(subject).isEmpty();
        }
    }

    /** Of topics and of stores, by the names of their histories. */
    private static Map<String, Schema> all() {
        Map<String, Schema> all = new LinkedHashMap<>(StateCatalogue.internal());
        for (TopicSpec topic : TopicCatalogue.all()) {
            Schema schema = topic.schema();
            if (schema != null) {
                all.put(topic.subject(), schema);
            }
        }
        return all;
    }
}
