package io.gamestream.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new StreamsSettings(
                        Path.of(".backbone/streams"), "classic", Duration.ofSeconds(6), 64L << 20, Map.of()));
    }

    @Test
    void everySettingCanBeSet() {
        assertThat(bind(Map.of(
                        "streams.state-dir", "/var/streams",
                        "streams.group-protocol", "streams",
                        "streams.session-timeout", "6s",
                        "streams.rocksdb-bytes", "16777216",
                        "streams.properties", "{num.standby.replicas = 1}")))
                .satisfies(settings -> {
                    assertThat(settings.stateDir()).isEqualTo(Path.of("/var/streams"));
                    assertThat(settings.groupProtocol()).isEqualTo("streams");
                    assertThat(settings.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
                    assertThat(settings.rocksdbBytes()).isEqualTo(16L << 20);
                    assertThat(settings.properties()).isEqualTo(Map.of("num.standby.replicas", "1"));
                });
    }

    @Test
    void whatCantBeIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("streams.group-protocol", "consumer")))
                .hasMessageContaining("group-protocol: consumer (expected: classic or streams)");
        assertThatThrownBy(() -> bind(Map.of("streams.rocksdb-bytes", "1"))).hasMessageContaining("rocksdb-bytes: 1");
        assertThatThrownBy(() -> bind(Map.of("streams.session-timeout", "10ms")))
                .hasMessageContaining("session-timeout");
        assertThatThrownBy(() -> new StreamsTuning(0, Duration.ofMillis(1), Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("threads: 0 (expected: >= 1)");
    }

    @Test
    void theStateDirectoryIsMadeAndASecondOneToMakeItDoesntMind(@TempDir Path directory) throws IOException {
        StreamsSettings settings =
                bind(Map.of("streams.state-dir", directory.resolve("a/b").toString()));
        settings.makeStateDir();
        settings.makeStateDir();
        assertThat(directory.resolve("a/b")).isDirectory();
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(
                        () -> bind(Map.of("streams.state-dir", file.resolve("c").toString()))
                                .makeStateDir())
                .hasMessageContaining("state-dir: " + file + "/c (expected: a directory");
    }

    @Test
    void aProcessIsWhoItWasAsLongAsItHasItsDirectory(@TempDir Path directory) throws IOException {
        StreamsSettings settings = bind(Map.of("streams.state-dir", directory.toString()));
        String first = settings.instanceId();
        assertThat(settings.instanceId()).isEqualTo(first);
        assertThat(bind(Map.of("streams.state-dir", directory.resolve("other").toString()))
                        .instanceId())
                .isNotEqualTo(first);
        Files.writeString(directory.resolve("instance-id"), "x");
        assertThatThrownBy(settings::instanceId).hasMessageContaining("instance-id (expected: a UUID");
        Files.delete(directory.resolve("instance-id"));
        assertThat(settings.instanceId()).isNotEqualTo(first);
    }

    @Test
    void givenPropertiesWinAndNoneOfTheHouseIsLost() {
        StreamsSpec spec = new StreamsSpec(
                "app",
                Guarantee.EXACTLY_ONCE,
                new StreamsTuning(2, Duration.ofMillis(7), Duration.ofMillis(3), Duration.ZERO),
                Set.of(),
                "app.dead-letters.v1",
                builder -> {});
        StreamsSettings settings = new StreamsSettings(
                Path.of("dir"), "streams", Duration.ofSeconds(10), 64L << 20, Map.of("poll.ms", "9"));
        Properties properties = spec.properties(Map.of("bootstrap.servers", "kafka:9092"), settings);
        assertThat(properties)
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("application.id", "app")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", 7L)
                .containsEntry("producer.linger.ms", 3L)
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("errors.dead.letter.queue.topic.name", "app.dead-letters.v1")
                .containsEntry("poll.ms", "9")
                // KIP-1071: it is the broker's to decide, and Kafka Streams warns of it.
                .doesNotContainKey("consumer.session.timeout.ms")
                .doesNotContainKey("main.consumer.fetch.min.bytes");
    }

    private static StreamsSettings bind(Map<String, String> overrides) {
        return Settings.load(null, Map.of(), overrides).bind("streams", StreamsSettings.class);
    }
}
