package io.gamestream.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.cdc.capture.Trouble.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final Duration FIRST = Duration.ofMillis(100);

    private final Retries retries = new Retries(FIRST, Duration.ofMillis(300), Duration.ofSeconds(10), 3);

    @Test
    void waitsLongerEachTimeUpToALimit() {
        assertThat(retries.after(Kind.PASSING, false, 0)).isEqualTo(FIRST);
        assertThat(retries.after(Kind.PASSING, false, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(retries.after(Kind.PASSING, false, 0)).isEqualTo(Duration.ofMillis(300));
        assertThat(retries.after(Kind.PASSING, false, 0)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void givesUpAfterItsPatienceAndNotWhereThereWasProgress() {
        long late = Duration.ofSeconds(11).toNanos();
        assertThat(retries.after(Kind.PASSING, false, 0)).isNotNull();
        assertThat(retries.after(Kind.PASSING, true, late)).isEqualTo(FIRST);
        assertThat(retries.after(Kind.PASSING, false, late + 1)).isNotNull();
        assertThat(retries.after(Kind.PASSING, false, 2 * late + 1)).isNull();
    }

    @Test
    void triesWhatIsNotUnderstoodAFewTimes() {
        assertThat(retries.after(Kind.UNKNOWN, false, 0)).isNotNull();
        assertThat(retries.after(Kind.UNKNOWN, false, 0)).isNotNull();
        assertThat(retries.after(Kind.UNKNOWN, false, 0)).isNull();
    }

    @Test
    void neverTriesAgainWhereThatCannotHelp() {
        assertThat(retries.after(Kind.FATAL, true, 0)).isNull();
    }
}
