package io.gamestream.serving.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandbyAgeTest {

    private static final long NOW = 1_800_000_000_000L;
    private final StandbyAge age = new StandbyAge(Duration.ofSeconds(60));

    @Test
    void aCopyAnswersUpToTheLargestAge() {
        assertThat(age.allows(NOW, NOW)).isTrue();
        assertThat(age.allows(NOW - 60_000, NOW)).isTrue();
        assertThat(age.allows(NOW - 60_001, NOW)).isFalse();
    }

    @Test
    void aCopyOfUnknownAgeDoesNotAnswer() {
        assertThat(age.allows(0, NOW)).isFalse();
    }

    @Test
    void theDatabasesClockMayBeAhead() {
        assertThat(age.allows(NOW + 5_000, NOW)).isTrue();
    }
}
