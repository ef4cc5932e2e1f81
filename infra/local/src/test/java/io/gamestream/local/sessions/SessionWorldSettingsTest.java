package io.gamestream.local.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.runtime.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionWorldSettingsTest {

    @Test
    void theDefaultsFitALaptop() {
        SessionWorldSettings settings = bind(Map.of());
        assertThat(settings.sites()).containsExactly(Worlds.LONDON, Worlds.VIRGINIA, Worlds.TOKYO);
        assertThat(settings.slots()).isEqualTo(96);
        // The detector waits for 6 s, and hosts stop by themselves after 15.
        assertThat(settings.trouble().flapLasts()).isBetween(seconds(7), seconds(14));
    }

    @Test
    void whatCannotWorkIsRefusedWithItsReason() {
        assertThatThrownBy(() -> bind(Map.of("local.sessions.players.parties", "1.5")))
                .hasStackTraceContaining("parties: 1.5 (expected: 0 to 1)");
        assertThatThrownBy(() -> bind(Map.of("local.sessions.hosts.every", "6s")))
                .hasStackTraceContaining("every: PT6S (expected: at most a third of lease, PT15S)");
        assertThatThrownBy(() -> Worlds.settings(List.of(Worlds.LONDON, Worlds.LONDON), 0.6))
                .hasMessage("sites: cell eu-west-1 is there twice");
        List<Site> many = IntStream.range(0, 21)
                .mapToObj(n -> new Site("c-" + n, "r-" + n, 0, 0, 1))
                .toList();
        assertThatThrownBy(() -> Worlds.settings(many, 0.6)).hasMessage("sites: 21 (expected: at most 20)");
        assertThatThrownBy(() -> Worlds.settings(List.of(new Site("c", "r", 0, 0, 2_001)), 0.6))
                .hasMessage("sites, hosts: 8004 slots (expected: at most 8000)");
        assertThat(Worlds.settings(List.of(new Site("c", "r", 0, 0, 2_000)), 0.6)
                        .slots())
                .isEqualTo(8_000);
    }

    private static Duration seconds(long n) {
        return Duration.ofSeconds(n);
    }

    private static SessionWorldSettings bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("local.sessions", SessionWorldSettings.class);
    }
}
