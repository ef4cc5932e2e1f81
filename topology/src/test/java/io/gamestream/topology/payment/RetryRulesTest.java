package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.topology.payment.Declines.DeclineClass;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetryRulesTest {

    @Test
    void everyCodeOfTheListHasAClass() {
        Map<DeclineClass, Long> counts = Declines.codes().values().stream()
                .collect(Collectors.groupingBy(meaning -> meaning, Collectors.counting()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        DeclineClass.SOFT_MINUTES, 5L,
                        DeclineClass.SOFT_DAYS, 6L,
                        DeclineClass.CUSTOMER_ACTION, 5L,
                        DeclineClass.FIX_DATA, 13L,
                        DeclineClass.RESOLVE, 1L,
                        DeclineClass.HARD, 20L));
    }

    @Test
    void anAdviceOverridesTheTableAndWhatIsUnknownIsFinal() {
        assertThat(Declines.classify("do_not_honor", "do_not_try_again")).isEqualTo(DeclineClass.HARD);
        assertThat(Declines.classify("stolen_card", "try_again_later")).isEqualTo(DeclineClass.SOFT_MINUTES);
        assertThat(Declines.classify("insufficient_funds", "try_again_later"))
                .as("how much later is the code's to say")
                .isEqualTo(DeclineClass.SOFT_DAYS);
        assertThat(Declines.classify(null, "try_again_later")).isEqualTo(DeclineClass.SOFT_MINUTES);
        assertThat(Declines.classify("something_new", null)).isEqualTo(DeclineClass.HARD);
        assertThat(Declines.classify(null, null)).isEqualTo(DeclineClass.HARD);
    }

    @Test
    void daysAreWaitedForOnlyWhileThePlayerIsAway() {
        assertThat(delay(DeclineClass.SOFT_DAYS, CustomerPresence.INTERACTIVE, 1))
                .isEmpty();
        assertThat(delay(DeclineClass.SOFT_DAYS, CustomerPresence.OFF_SESSION, 1))
                .contains(Duration.ofDays(1));
        assertThat(delay(DeclineClass.SOFT_DAYS, CustomerPresence.OFF_SESSION, 4))
                .contains(Duration.ofDays(7));
    }

    @Test
    void eachClassHasItsCap() {
        assertThat(delay(DeclineClass.SOFT_MINUTES, CustomerPresence.INTERACTIVE, 3))
                .isPresent();
        assertThat(delay(DeclineClass.SOFT_MINUTES, CustomerPresence.INTERACTIVE, 4))
                .isEmpty();
        assertThat(delay(DeclineClass.SOFT_DAYS, CustomerPresence.OFF_SESSION, 5))
                .isEmpty();
        assertThat(delay(DeclineClass.HARD, CustomerPresence.OFF_SESSION, 1)).isEmpty();
        assertThat(delay(DeclineClass.FIX_DATA, CustomerPresence.INTERACTIVE, 1))
                .isEmpty();
    }

    private static Optional<Duration> delay(DeclineClass declined, CustomerPresence presence, int attempt) {
        return RetryRules.delay(Payments.policy(), declined, presence, attempt, "o1");
    }
}
