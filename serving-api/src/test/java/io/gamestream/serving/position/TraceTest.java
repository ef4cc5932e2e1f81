package io.gamestream.serving.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.serving.view.Freshness;
import io.gamestream.serving.view.View;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final Freshness FRESHNESS = new Freshness(100, 1, "pg:0/64");
    private static final TopicPartition FACT_0 = new TopicPartition("facts", 0);
    private static final TopicPartition FACT_1 = new TopicPartition("facts", 1);
    private static final TopicPartition MIDDLE = new TopicPartition("middle", 0);
    private static final TopicPartition VIEW = new TopicPartition(View.LIBRARY.topic(), 2);

    private final Trace trace = new Trace(
            View.LIBRARY,
            FRESHNESS,
            List.of(new Stage("group", "facts"), new Stage("group", "middle")),
            Map.of(FACT_0, 9L, FACT_1, 4L, new TopicPartition("others", 0), 99L));

    @Test
    void goesThroughEveryStage() {
        assertThat(trace.passes(Map.of(FACT_0, 10L, FACT_1, 5L))).isTrue();
        assertThat(trace.needsEndsOf()).isEqualTo("middle");
        assertThat(trace.passes(Map.of(MIDDLE, 1000L)))
                .as("the ends are not known yet")
                .isFalse();
        trace.ends(Map.of(MIDDLE, 20L));
        assertThat(trace.passes(Map.of(MIDDLE, 19L))).isFalse();
        assertThat(trace.passes(Map.of(MIDDLE, 20L))).isTrue();
        assertThat(trace.inView()).isTrue();
        assertThat(trace.reached(2, 1000)).as("the ends are not known yet").isFalse();
        assertThat(trace.needsEndsOf()).isEqualTo(View.LIBRARY.topic());
        trace.ends(Map.of(VIEW, 7L));
        assertThat(trace.reached(2, 6)).isFalse();
        assertThat(trace.reached(2, 7)).isTrue();
        assertThat(trace.reached(0, 0)).as("nothing was there").isTrue();
    }

    @Test
    void waitsForTheLastFactOfEachPartition() {
        assertThat(trace.passes(Map.of(FACT_0, 10L)))
                .as("no commit for partition 1")
                .isFalse();
        assertThat(trace.passes(Map.of(FACT_0, 9L, FACT_1, 5L))).isFalse();
        assertThat(trace.inView()).isFalse();
    }

    @Test
    void factsOfOtherTablesDoNotMatter() {
        assertThat(trace.targets()).containsOnlyKeys(FACT_0, FACT_1);
    }
}
