package io.gamestream.local.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gamestream.local.testing.ChildJvm;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.serde.ConfluentAvroSerializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/consumers.md promises to people who read our topics, done by the tools that they use. */
@ExtendWith(StackExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConsumersIT {

    private final Stack stack;
    private final String id = "it-" + UUID.randomUUID();

    ConsumersIT(Stack stack) {
        this.stack = stack;
    }

    /** They are as short as can be: how a secured stack is reached, their users know of all their tools. */
    @BeforeEach
    void theStackIsOpen() {
        assumeThat(stack.kafka().properties())
                .as("the examples connect without TLS")
                .isEmpty();
    }

    @Test
    void thePlainConsumerPrintsGamesAndDeletes() throws Exception {
        publish(game("Pokémon 龍"));
        publish(null);

        assertThat(linesOf(ChildJvm.of(
                        List.of("-Xmx128m", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"),
                        GamesConsumer.class,
                        stack.kafka().bootstrapServers(),
                        stack.registry().url())))
                .containsExactly(id + ": Pokémon 龍", id + ": deleted");
    }

    @Test
    void kcatPrintsKeysAndSizes() throws Exception {
        assumeThat(kcat()).as("kcat is not installed").isNotEmpty();
        publish(game("Half-Life"));
        publish(null);

        List<String> lines = linesOf(new ProcessBuilder(kcat("-f", "%k %S\\n")));

        assertThat(lines.get(0)).matches(id + " [1-9][0-9]+");
        assertThat(lines.get(1)).as("a delete").isEqualTo(id + " -1");
    }

    @Test
    void kcatWithAvroPrintsGamesAsJson() throws Exception {
        assumeThat(kcat()).as("kcat is not installed").isNotEmpty();
        assumeThat(versionOfKcat()).as("kcat was built without Avro").contains("Avro");
        publish(game("Half-Life"));
        publish(null);

        List<String> lines = linesOf(new ProcessBuilder(
                kcat("-s", "value=avro", "-r", stack.registry().url(), "-f", "%k %s\\n")));

        assertThat(lines.get(0)).contains("Half-Life", "999");
        assertThat(lines.get(1)).isEqualTo(id + " ");
    }

    private String[] kcat(String... more) {
        Stream<String> reading = Stream.of(
                kcat(),
                "-b",
                stack.kafka().bootstrapServers(),
                "-C",
                "-t",
                "catalog.games.v1",
                "-o",
                "beginning",
                "-u",
                "-q");
        return Stream.concat(reading, Stream.of(more)).toArray(String[]::new);
    }

    private static String versionOfKcat() throws IOException {
        Process process = new ProcessBuilder(kcat(), "-V").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /**
     * The first two lines about our game that a command prints; the command is ended then.
     *
     * @throws AssertionError the command ended before, with what it said last
     */
    private List<String> linesOf(ProcessBuilder command) throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("consumer", ".err");
        Process process = command.redirectError(complaints.toFile()).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> found =
                    lines.lines().filter(line -> line.startsWith(id)).limit(2).toList();
            if (found.size() < 2) {
                fail("%s ended with %d after %s: %s"
                        .formatted(command.command().get(0), process.waitFor(), found, Files.readString(complaints)));
            }
            return found;
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(complaints);
        }
    }

    private void publish(@Nullable Game game) throws InterruptedException, ExecutionException {
        ConfluentAvroSerializer<Game> serializer = new ConfluentAvroSerializer<>();
        serializer.configure(stack.registry().serdeProperties(), false);
        Map<String, Object> properties = stack.kafka().clientProperties();
        try (KafkaProducer<String, Game> producer =
                new KafkaProducer<>(properties, new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(TopicCatalogue.GAMES.name(), id, game))
                    .get();
        }
    }

    private static Game game(String title) {
        return Game.newBuilder()
                .setId("g")
                .setTitle(title)
                .setPriceMinor(999)
                .setCurrency("EUR")
                .setGpuClass(GpuClass.STANDARD)
                .setStatus(GameStatus.ACTIVE)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static String kcat() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "kcat"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
