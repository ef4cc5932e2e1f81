package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorldSettingsTest {

    @Test
    void defaultsComeFromTheReference() {
        assertThat(bind(Map.of()))
                .isEqualTo(new WorldSettings(42, 2_000, 800, 8_000, 12_000, 20, Duration.ofHours(24)));
    }

    @Test
    void everySettingCanBeSet() {
        assertThat(bind(Map.of(
                        "local.world.seed", "7",
                        "local.world.users", "100",
                        "local.world.games", "50",
                        "local.world.orders", "10",
                        "local.world.plays", "0",
                        "local.world.actions-per-second", "0.5",
                        "local.world.day", "10m")))
                .isEqualTo(new WorldSettings(7, 100, 50, 10, 0, 0.5, Duration.ofMinutes(10)));
    }

    @Test
    void refusesMoreOrdersThanPlayersCouldWant() {
        assertThatThrownBy(() -> bind(Map.of("local.world.users", "10", "local.world.games", "10")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("orders: 8000 (expected: at most users * games / 20 = 5)");
    }

    private static WorldSettings bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("local.world", WorldSettings.class);
    }
}
