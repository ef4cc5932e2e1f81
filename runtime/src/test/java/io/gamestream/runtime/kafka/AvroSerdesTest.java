package io.gamestream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.SettingsException;
import io.gamestream.schemas.registry.InMemoryRegistry;
import io.gamestream.schemas.serde.ConfluentAvroSerde;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.views.SalesView;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {

    private static final String TOPIC = "sessions.plays.v1";

    @Test
    void theSerdeIsMadeByItsClassName() {
        InMemoryRegistry.scope("serdes").register(TOPIC + "-value", Play.getClassSchema());
        AvroSerdes serdes = serdes(ConfluentAvroSerde.class.getName());
        Play play = new Play("p", "u", "g", 60L, Instant.EPOCH);
        try (Serde<Play> plays = serdes.valueSerde(Play.class);
                Serde<SalesView> sales = serdes.valueSerde(SalesView.class)) {
            byte[] bytes = plays.serializer().serialize(TOPIC, play);
            assertThat(plays.deserializer().deserialize(TOPIC, bytes)).isEqualTo(play);
            assertThat(plays.deserializer().deserialize(TOPIC, null)).isNull();
            assertThatThrownBy(() -> sales.deserializer().deserialize(TOPIC, bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Play (expected: io.gamestream.schemas.views.SalesView)");
        }
    }

    @Test
    void aClassThatIsMissingOrNoSerdeNamesTheSetting() {
        assertThatThrownBy(() -> serdes("no.such.Serde").valueSerde())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("registry.serde-class: no.such.Serde");
        assertThatThrownBy(() -> serdes("java.util.ArrayList").valueSerde())
                .hasMessageContaining("registry.serde-class: java.util.ArrayList");
    }

    private static AvroSerdes serdes(String serdeClass) {
        return new AvroSerdes(new RegistrySettings("mock://serdes", Map.of(), serdeClass));
    }
}
