package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 8);

    @Property
    void aDelayIsWithinItsBoundAndTheSameEachTime(@ForAll String seed, @ForAll @IntRange(max = 100) int n) {
        Duration delay = BACKOFF.delay(seed, n);
        long bound = n >= 9 ? 300_000 : Math.min(300_000, 1_000L << n);
        assertThat(delay.toMillis()).isBetween(0L, bound);
        assertThat(BACKOFF.delay(seed, n)).isEqualTo(delay);
    }

    @Test
    void theJitterIsFull() {
        LongSummaryStatistics delays = IntStream.range(0, 10_000)
                .mapToLong(i -> BACKOFF.delay("o" + i + ":create:1", 3).toMillis())
                .summaryStatistics();
        assertThat(delays.getMin()).isLessThan(10);
        assertThat(delays.getMax()).isGreaterThan(7_990);
        assertThat(delays.getAverage()).isBetween(3_900.0, 4_100.0);
    }

    @Test
    void aCapBelowTheBaseIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 1))
                .hasMessageContaining("expected: 0 < base <= cap");
    }
}
