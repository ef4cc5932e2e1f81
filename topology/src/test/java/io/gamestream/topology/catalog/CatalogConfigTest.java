package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogConfigTest {

    @Test
    void theDefaultsAreValid() {
        CatalogConfig config = bind(Map.of());
        assertThat(config.http()).isEqualTo(new HttpSettings("127.0.0.1", 8182));
        assertThat(config.views().threads()).isEqualTo(1);
        assertThat(config.sales().threads()).isEqualTo(1);
    }

    @Test
    void everySettingCanBeSet() {
        CatalogConfig config = bind(Map.of(
                "catalog.http.port", "0",
                "catalog.views.threads", "3",
                "catalog.views.linger", "4ms",
                "catalog.sales.commit-interval", "33ms"));
        assertThat(config.http().port()).isZero();
        assertThat(config.views().threads()).isEqualTo(3);
        assertThat(config.views().linger()).isEqualTo(Duration.ofMillis(4));
        assertThat(config.sales().commitInterval()).isEqualTo(Duration.ofMillis(33));
    }

    private static CatalogConfig bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("catalog", CatalogConfig.class);
    }
}
