package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.StreamsTuning;
import io.gamestream.topology.streams.ViewStage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of stores and internal topics are where the state of a running application is. Whoever changes a snapshot here needs
 * a plan for that state (a new application id, or a reset).
 */
class TopologyNamesTest {

    @TempDir
    Path stateDir;

    @Test
    void catalogIsAsItWas() throws IOException {
        assertThat(describe(CatalogTopology::spec).toString()).isEqualTo(snapshot("catalog.topology.txt"));
    }

    @Test
    void catalogSalesIsAsItWas() throws IOException {
        assertThat(describe(SalesTopology::spec).toString()).isEqualTo(snapshot("catalog-sales.topology.txt"));
    }

    @Test
    void theLineageNamesEveryTopicThatIsRead() {
        assertThat(lineage("catalog")).isEqualTo(sources(describe(CatalogTopology::spec), "catalog"));
        Set<String> sales = sources(describe(SalesTopology::spec), "catalog-sales");
        // What the saga tells comes from the PSP too: no position of the database says how far it is.
        assertThat(sales.remove(PaymentTopics.ENTITLEMENTS.name())).isTrue();
        assertThat(lineage("catalog-sales")).isEqualTo(sales);
    }

    private static Set<String> lineage(String group) {
        return CatalogLineage.all().values().stream()
                .flatMap(List::stream)
                .filter(stage -> stage.group().equals(group))
                .map(ViewStage::input)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sources(TopologyDescription description, String applicationId) {
        return description.subtopologies().stream()
                .map(Subtopology::nodes)
                .flatMap(Set::stream)
                .filter(Source.class::isInstance)
                .flatMap(node -> ((Source) node).topicSet().stream())
                .map(topic -> topic.endsWith("-repartition") ? applicationId + "-" + topic : topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private TopologyDescription describe(BiFunction<AvroSerdes, StreamsTuning, StreamsSpec> application) {
        StreamsSpec spec = application.apply(
                DrivenTopology.serdes(), new StreamsTuning(1, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO));
        return spec.topology(DrivenTopology.properties(spec, stateDir)).describe();
    }

    private static String snapshot(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TopologyNamesTest.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
