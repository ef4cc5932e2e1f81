package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.ChildJvm;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of a whole stack, or of its JVM alone, and the next start on its data. */
class KilledStackIT {

    @TempDir
    Path dir;

    private List<ProcessHandle> tree = List.of();

    @AfterEach
    void leaveNothingBehind() {
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasAcknowledgedIsThereAfterTheNextStart(boolean childrenToo) throws Exception {
        Path data = dir.resolve("data");
        Process stack = startAnother(data);
        int schemaId = awaitReady(stack).leave();
        tree = Stream.concat(Stream.of(stack.toHandle()), stack.descendants()).toList();
        // Postgres with its own children, Redis and the registry.
        assertThat(tree).hasSizeGreaterThan(4);

        (childrenToo ? tree : List.of(stack.toHandle())).forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(10)).until(() -> !stack.isAlive());

        try (EmbeddedStack next = EmbeddedStack.start(StackSettings.ephemeral(data))) {
            Keepsakes.of(next).verify(schemaId);
            assertThat(tree).as("what the killed stack had left running").noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void aRunningStackKeepsItsDataToItself() throws Exception {
        Path data = dir.resolve("data");
        Process stack = startAnother(data);
        awaitReady(stack);
        tree = Stream.concat(Stream.of(stack.toHandle()), stack.descendants()).toList();
        List<ProcessHandle> children = stack.children().toList();
        assertThatThrownBy(() -> EmbeddedStack.start(StackSettings.ephemeral(data)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("in use by process " + stack.pid());
        // Not the whole tree: Postgres' own children come and go.
        assertThat(stack.isAlive()).isTrue();
        assertThat(stack.children()).hasSameElementsAs(children);
    }

    private static Process startAnother(Path data) throws IOException {
        return ChildJvm.of(List.of("-Xmx256m", "-XX:+UseSerialGC"), StackProcess.class, data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Keepsakes awaitReady(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(StackProcess.READY)) {
                return keepsakes(line.substring(StackProcess.READY.length()).strip());
            }
        }
        throw new AssertionError("the other stack did not start");
    }

    /** @param connections {@code path=value}, by blanks */
    private static Keepsakes keepsakes(String connections) {
        Map<String, String> values = Stream.of(connections.split(" "))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1]));
        Settings settings = Settings.load(null, Map.of(), values);
        return new Keepsakes(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class),
                settings.bind("redis", RedisSettings.class));
    }
}
