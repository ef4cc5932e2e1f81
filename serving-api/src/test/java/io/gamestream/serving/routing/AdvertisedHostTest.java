package io.gamestream.serving.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import io.gamestream.serving.ServingService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedHostTest {

    @Test
    void anInstanceIsReachedWhereItListensUnlessItSaysOtherwise() {
        assertThat(AdvertisedHost.of("", "10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(AdvertisedHost.of("serving-1.internal", "0.0.0.0")).isEqualTo("serving-1.internal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "0"})
    void anAddressOfEveryInterfaceIsNobodys(String everywhere) {
        assertThatThrownBy(() -> AdvertisedHost.of("", everywhere))
                .isInstanceOf(SettingsException.class)
                .hasMessage("setting serving.views.advertised-host: '' with serving.http.host " + everywhere
                        + " (expected: the address under which other instances reach this one)");
        assertThatThrownBy(() -> AdvertisedHost.of(everywhere, "10.0.0.1")).isInstanceOf(SettingsException.class);
    }

    @Test
    void aServiceThatOthersCouldNotReachDoesNotStart() {
        Settings settings =
                Settings.load(null, Map.of(), Map.of("serving.http.host", "0.0.0.0", "serving.http.port", "0"));
        assertThatThrownBy(() -> ServingService.start(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("serving.views.advertised-host");
    }
}
