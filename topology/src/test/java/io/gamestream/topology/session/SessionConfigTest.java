package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionConfigTest {

    @Test
    void theDefaultsAreThoseOfTheTests() {
        assertThat(bind(Map.of()).policy()).isEqualTo(Cells.policy());
        assertThat(bind(Map.of()).http().port()).isEqualTo(8185);
        assertThat(bind(Map.of()).cells()).hasSize(6);
    }

    @Test
    void everySettingCanBeSet() {
        SessionConfig config = bind(Map.of(
                "sessions.policy.home-reserve", "0.1",
                "sessions.policy.head-starts.gold", "2m",
                "sessions.packings.eu-west-1", "SPREAD",
                "sessions.checkpoint-every", "1h",
                "sessions.gate.tries", "4",
                "sessions.detector.suspect-after", "5s"));
        assertThat(config.policy().homeReserve()).isEqualTo(0.1);
        assertThat(config.policy().headStart("gold")).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.policyOf(config.cell("eu-west-1").orElseThrow()).packing())
                .isEqualTo(Packing.SPREAD);
        assertThat(config.policyOf(config.cell("eu-central-1").orElseThrow()).packing())
                .isEqualTo(Packing.PACK);
        assertThat(config.checkpointEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(config.gate().tries()).isEqualTo(4);
        assertThat(config.detector().suspectAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPolicyComesBackFromItsTextAsItWas() {
        CellPolicy policy = Cells.policy(Packing.SPREAD, 0.2);
        assertThat(PolicyJson.read(PolicyJson.write(policy))).isEqualTo(policy);
        String older = PolicyJson.write(policy).replaceAll("\"graceTotal\":\"[^\"]*\",", "");
        assertThat(PolicyJson.read(older).graceTotal())
                .as("as it was decided before there was a bound")
                .isGreaterThan(Duration.ofDays(36_000));
        assertThatThrownBy(() -> PolicyJson.read("{}")).hasMessageStartingWith("policy: ");
    }

    @Test
    void whatCannotWorkIsRefusedWithItsReason() {
        assertThatThrownBy(() -> bind(Map.of("sessions.policy.suspicion-limit", "10s")))
                .hasStackTraceContaining("suspicion-limit: PT10S (expected: at least lease and lease-margin");
        assertThatThrownBy(() -> bind(Map.of("sessions.policy.grace-total", "1m")))
                .hasStackTraceContaining("grace-total: PT1M (expected: at least grace, PT2M)");
        assertThatThrownBy(() -> bind(Map.of("sessions.detector.suspect-after", "20s")))
                .hasStackTraceContaining("detector.suspect-after: PT20S (expected: less than policy.lease, PT15S)");
        assertThatThrownBy(() -> bind(Map.of("sessions.detector.report-every", "15s")))
                .hasStackTraceContaining("detector.report-every: PT15S (expected: less than policy.lease, PT15S");
        assertThatThrownBy(() -> bind(Map.of("sessions.policy.forget-hosts-after", "10s")))
                .hasStackTraceContaining("forget-hosts-after: PT10S (expected: 0s, which is never, or at least lease");
        assertThatThrownBy(() -> bind(Map.of("sessions.policy.forget-hosts-after", "30m")))
                .hasStackTraceContaining(
                        "policy.forget-hosts-after: PT30M (expected: 0s, which is never, or at least PT1H");
        assertThatThrownBy(() -> bind(Map.of("sessions.detector.forget-after", "9m")))
                .hasStackTraceContaining("forget-after: PT9M (expected: at least flap-memory, PT10M");
        assertThatThrownBy(() ->
                        bind(Map.of("sessions.detector.forget-after", "4m", "sessions.detector.flap-memory", "2m")))
                .hasStackTraceContaining(
                        "detector.forget-after: PT4M (expected: at least policy.suspicion-limit, PT5M");
        assertThatThrownBy(() -> bind(Map.of("sessions.gate.forget-after", "30s")))
                .hasStackTraceContaining("gate.forget-after: PT30S (expected: at least policy.remember, PT1M");
        assertThatThrownBy(() -> bind(Map.of("sessions.tick", "5s")))
                .hasStackTraceContaining("tick: PT5S (expected: > 0, and at most policy.longest-tick, PT2S");
        assertThatThrownBy(() -> bind(Map.of("sessions.checkpoint-every", "10ms")))
                .hasStackTraceContaining("checkpoint-every: PT0.01S (expected: at least tick, PT1S)");
        assertThatThrownBy(() -> bind(Map.of("sessions.policy.home-reserve", "0.9")))
                .hasStackTraceContaining("home-reserve: 0.9 (expected: 0 to 0.5)");
    }

    private static SessionConfig bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("sessions", SessionConfig.class);
    }
}
