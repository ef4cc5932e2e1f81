package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackException;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final StackSettings OWN = StackSettings.ephemeral(Path.of("data"));

    private final Settings secured = Settings.load(
            null, Map.of(), Map.of("kafka.properties.\"security.protocol\"", "SASL_SSL", "postgres.user", "app"));

    @Test
    void aBrokerOfThisRunIsNotReachedByTheSettingsOfAnother() {
        assertThatThrownBy(() -> Connections.refuseForeign(OWN, secured))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("kafka.properties", "security.protocol", "stack.parts", "BACKBONE_CONFIG");
    }

    @Test
    void someonesOwnBrokerIs() {
        StackSettings others = OWN.withParts(Part.POSTGRES, Part.REDIS, Part.REGISTRY);
        assertThatCode(() -> Connections.refuseForeign(others, secured)).doesNotThrowAnyException();
    }

    @Test
    void withoutSuchSettingsNothingIsRefused() {
        Settings plain = Settings.load(null, Map.of(), Map.of("kafka.properties.\"client.rack\"", "r1"));
        assertThatCode(() -> Connections.refuseForeign(OWN, plain)).doesNotThrowAnyException();
    }
}
