package io.gamestream.serving.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeCheckTest {

    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final long NOW = 1_800_000_000_000L;
    private static final ResumeCheck CHECK =
            new ResumeCheck(TOPIC, new Offsets(10, 0), new Offsets(100, 50), Duration.ofHours(24));

    @Test
    void goesOnWhereNothingCanBeMissing() {
        assertThat(refusal(TOPIC, Duration.ofHours(23), 10, 50)).isEmpty();
        assertThat(refusal(TOPIC, Duration.ZERO, 100, 0)).isEmpty();
    }

    @Test
    void takesAPartitionThatWasAddedSinceFromItsBeginning() {
        StreamPosition before = new StreamPosition('g', TOPIC, NOW, new Offsets(20));
        assertThat(CHECK.refusal(before, NOW)).isEmpty();
    }

    @Test
    void saysWhenDeletesMayBeMissing() {
        assertThat(refusal(TOPIC, Duration.ofHours(24), 10, 50))
                .hasValueSatisfying(why -> assertThat(why).contains("deletes", "86400 s"));
    }

    @Test
    void saysWhenChangesWereRemoved() {
        assertThat(refusal(TOPIC, Duration.ZERO, 9, 50))
                .hasValueSatisfying(why -> assertThat(why).contains("removed"));
    }

    @Test
    void saysWhenTheLogIsAnother() {
        assertThat(refusal(new Uuid(1, 3), Duration.ZERO, 10, 50))
                .hasValueSatisfying(why -> assertThat(why).contains("made anew"));
        assertThat(refusal(TOPIC, Duration.ZERO, 101, 50))
                .hasValueSatisfying(why -> assertThat(why).contains("ends before"));
    }

    @Property
    void anIdComesBackAsItWas(
            @ForAll @Size(min = 1, max = 64) List<@LongRange(min = 0) Long> offsets, @ForAll long millis) {
        StreamPosition position = new StreamPosition(
                's',
                new Uuid(millis, ~millis),
                millis,
                new Offsets(offsets.stream().mapToLong(Long::longValue).toArray()));
        assertThat(StreamPosition.decode(position.encode())).contains(position);
    }

    @Property
    void anyOtherTextIsNoId(@ForAll String text) {
        assertThat(StreamPosition.decode(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "AQZ6", "AWcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aTruncatedIdIsNoId(String text) {
        assertThat(StreamPosition.decode(text)).isEmpty();
    }

    private static Optional<String> refusal(Uuid topic, Duration away, long... next) {
        return CHECK.refusal(new StreamPosition('g', topic, NOW - away.toMillis(), new Offsets(next)), NOW);
    }
}
