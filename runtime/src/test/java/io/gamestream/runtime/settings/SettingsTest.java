package io.gamestream.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    /** One of each kind of setting. */
    record Sample(Duration pollInterval, int maxRows, List<String> tables) {
        Sample {
            if (maxRows < 1) {
                throw new IllegalArgumentException("max-rows: " + maxRows + " (expected: >= 1)");
            }
        }
    }

    @TempDir
    Path dir;

    @Test
    void defaultsComeFromTheReference() {
        KafkaSettings kafka = Settings.load(null, Map.of(), Map.of()).bind("kafka", KafkaSettings.class);
        assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:29092");
        assertThat(kafka.properties()).isEmpty();
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() throws IOException {
        Path file = write("backbone { kafka.bootstrap-servers = file, postgres { host = file, user = file } }");
        Settings settings = Settings.load(
                file,
                Map.of("BACKBONE_KAFKA_BOOTSTRAP_SERVERS", "env", "BACKBONE_POSTGRES_HOST", "env"),
                Map.of("kafka.bootstrap-servers", "line"));
        assertThat(settings.bind("kafka", KafkaSettings.class).bootstrapServers())
                .isEqualTo("line");
        PostgresSettings postgres = settings.bind("postgres", PostgresSettings.class);
        assertThat(postgres.host()).isEqualTo("env");
        assertThat(postgres.user()).isEqualTo("file");
    }

    @Test
    void durationsNumbersAndListsAreTyped() throws IOException {
        Sample sample = sample("poll-interval = 5ms, max-rows = 7, tables = [a, b]", Map.of("sample.max-rows", "8"));
        assertThat(sample).isEqualTo(new Sample(Duration.ofMillis(5), 8, List.of("a", "b")));
    }

    @Test
    void propertiesKeepTheDotsInTheirNames() throws IOException {
        Path file = write("backbone.kafka.properties { security.protocol = SASL_SSL, \"sasl.mechanism\" = PLAIN,"
                + " sasl.jaas.config = \"a.b.Login required username=\\\"u\\\";\", request.timeout.ms = 900 }");
        assertThat(Settings.load(file, Map.of(), Map.of("kafka.properties.ssl.keystore.type", "PEM"))
                        .bind("kafka", KafkaSettings.class)
                        .properties())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", "a.b.Login required username=\"u\";",
                        "request.timeout.ms", "900",
                        "ssl.keystore.type", "PEM"));
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("kafka.properties", "SASL_SSL"))
                        .bind("kafka", KafkaSettings.class))
                .hasMessageContaining("setting kafka.properties")
                .hasMessageContaining("expected: keys and values");
    }

    @Test
    void aSettingThatIsMadeOfAnotherOneFollowsItAndIsSetByTheEnvironmentAllTheSame() throws IOException {
        String body =
                "backbone.registry { url = \"http://h:\"${backbone.other.port}, properties {}, serde-class = x }\n"
                        + "backbone.other.port = 1\nbackbone.postgres.password = ${?NOWHERE_SET}";
        Path file = write(body);
        assertThat(Settings.load(file, Map.of(), Map.of())
                        .bind("registry", RegistrySettings.class)
                        .url())
                .isEqualTo("http://h:1");
        assertThat(Settings.load(file, Map.of(), Map.of("other.port", "2"))
                        .bind("registry", RegistrySettings.class)
                        .url())
                .isEqualTo("http://h:2");
        assertThat(Settings.load(file, Map.of("BACKBONE_REGISTRY_URL", "http://e"), Map.of())
                        .bind("registry", RegistrySettings.class)
                        .url())
                .isEqualTo("http://e");
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> sample("poll-interval = soon, max-rows = 7, tables = []", Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("setting sample.poll-interval: soon (expected: a duration such as 10ms, 5s or 2m)");
        assertThatThrownBy(() -> sample("poll-interval = 1s, max-rows = many, tables = []", Map.of()))
                .hasMessage("setting sample.max-rows: many (expected: int)");
        assertThatThrownBy(() -> sample("poll-interval = 1s, max-rows = 0, tables = []", Map.of()))
                .hasMessage("setting sample: max-rows: 0 (expected: >= 1)");
        assertThatThrownBy(() -> sample("poll-interval = 1s, max-rows = 1, max-row = 1, tables = []", Map.of()))
                .hasMessageContaining("setting sample.max-row is unknown")
                .hasMessageContaining("max-rows");
        assertThatThrownBy(() -> sample("poll-interval = 1s, tables = []", Map.of()))
                .hasMessage("setting sample.max-rows is missing");
    }

    @Test
    void aMistypedSettingIsRefusedWithItsPlaceAndTheNearestName() throws IOException {
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("kafka.bootstrap-server", "h:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "setting kafka.bootstrap-server (--set) is unknown (did you mean kafka.bootstrap-servers?)");
        Path file = write("backbone {\n  postgres { prt = 1 }\n}");
        assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
                .hasMessage("setting postgres.prt (" + file + ": 2) is unknown (did you mean postgres.port?)");
    }

    @Test
    void aPathThatBeginsWithTheRootIsRefused() {
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("backbone.postgres.port", "1")))
                .hasMessage("setting backbone.postgres.port (--set) is unknown (did you mean postgres.port?)");
        assertThatThrownBy(() -> Settings.load(null, Map.of(), Map.of("backbone", "1")))
                .hasMessageContaining("setting backbone (--set) is unknown");
    }

    @Test
    void sectionsOfOtherServicesPassUntilSomebodyKnowsThemAll() throws IOException {
        Path file = write("backbone { other.a = 1, third.b = 2 }");
        Settings settings = Settings.load(file, Map.of(), Map.of("other.c.d", "3"));
        assertThat(settings.refuseOtherSections(Set.of("other", "third"))).isSameAs(settings);
        assertThatThrownBy(() -> settings.refuseOtherSections(Set.of("other")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting third.b (" + file + ": 1) is unknown");
    }

    @Test
    void namesInTheEnvironmentThatAreNoSettingsAreNobodysMistake() {
        Map<String, String> environment = Map.of("BACKBONE_KAFKA_PORT_9092_TCP", "tcp://10.0.0.1:9092");
        assertThat(Settings.load(null, environment, Map.of())
                        .bind("kafka", KafkaSettings.class)
                        .bootstrapServers())
                .isEqualTo("127.0.0.1:29092");
    }

    @Test
    void aFileThatIsMissingOrBrokenIsNamed() throws IOException {
        assertThatThrownBy(() -> Settings.load(dir.resolve("none.conf"), Map.of(), Map.of()))
                .hasMessageContaining("none.conf can't be read");
        Path broken = write("backbone { kafka = [");
        assertThatThrownBy(() -> Settings.load(broken, Map.of(), Map.of())).hasMessageContaining("sample.conf");
    }

    private Sample sample(String body, Map<String, String> overrides) throws IOException {
        return Settings.load(write("backbone { sample { " + body + " } }"), Map.of(), overrides)
                .bind("sample", Sample.class);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("sample.conf"), text);
    }
}
