package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentConfigTest {

    @Test
    void theDefaultsAreThoseOfTheTests() {
        assertThat(bind(Map.of()).policy()).isEqualTo(Payments.policy());
        assertThat(bind(Map.of()).timers()).isEqualTo(new PaymentConfig.Timers(Duration.ofMillis(100), 500));
        assertThat(bind(Map.of()).http().port()).isEqualTo(8183);
    }

    @Test
    void everySettingCanBeSet() {
        PaymentConfig config = bind(Map.of(
                "payments.policy.expiry", "5m",
                "payments.policy.technical.tries", "2",
                "payments.policy.fulfil-late-captures", "true",
                "payments.timers.per-tick", "9",
                "payments.saga.threads", "3",
                "payments.ledger.linger", "7ms"));
        assertThat(config.policy().expiry()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.policy().technical().tries()).isEqualTo(2);
        assertThat(config.policy().fulfilLateCaptures()).isTrue();
        assertThat(config.timers().perTick()).isEqualTo(9);
        assertThat(config.saga().threads()).isEqualTo(3);
        assertThat(config.ledger().linger()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void aKeyThatWouldBeUsedAfterThePspHasForgottenItIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("payments.policy.key-life", "24h")))
                .hasStackTraceContaining("key-life: PT24H (expected: with command-deadline, less than the PT24H");
    }

    private static PaymentConfig bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("payments", PaymentConfig.class);
    }
}
