package io.gamestream.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    @Test
    void pausesDoubleUpToHalfAMinute() {
        RestartPolicy policy = RestartPolicy.fresh();
        for (long expected : new long[] {250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            policy = policy.died(AT_ONCE);
            assertThat(policy.pause()).isEqualTo(Duration.ofMillis(expected));
        }
    }

    @Test
    void aLongLifeForgetsFormerDeaths() {
        RestartPolicy policy = RestartPolicy.fresh().died(AT_ONCE).died(AT_ONCE).died(Duration.ofMinutes(1));
        assertThat(policy.pause()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theUserIsToldAtTheThirdDeathInARowAndThenSeldom() {
        RestartPolicy policy = RestartPolicy.fresh();
        StringBuilder told = new StringBuilder();
        for (int death = 1; death <= 20; death++) {
            policy = policy.died(AT_ONCE);
            told.append(policy.tellsUser() ? death + " " : "");
        }
        assertThat(told.toString().strip()).isEqualTo("3 10 20");
    }
}
