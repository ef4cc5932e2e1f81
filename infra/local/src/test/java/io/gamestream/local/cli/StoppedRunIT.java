package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.process.PidFile;
import io.gamestream.local.stack.DataDirectory;
import io.gamestream.runtime.connection.KafkaSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./backbone up} as a user types it and stops it; in a project of this module alone, so that the stack is all that starts. */
class StoppedRunIT {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final String KAFKA = "  Kafka ";
    private static final String SERVICES = "infra/local/src/main/resources/io/gamestream/local/service/services.txt";

    @TempDir
    Path dir;

    private Path home;
    private Path data;

    @BeforeEach
    void makeProject() throws IOException {
        home = dir.resolve("home");
        data = dir.resolve("data");
        Path services = home.resolve(SERVICES);
        Files.createDirectories(services.getParent());
        Files.copy(PROJECT.resolve("backbone"), home.resolve("backbone"));
        Files.copy(PROJECT.resolve(SERVICES), services);
        Files.writeString(home.resolve("pom.xml"), "    <module>infra/local</module>\n");
        Files.writeString(home.resolve("infra/local/pom.xml"), "");
        Path target = Files.createDirectories(home.resolve("infra/local/target"));
        try (Stream<Path> built = Files.list(PROJECT.resolve("infra/local/target"))) {
            for (Path file : built.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    @AfterEach
    void leaveNothingBehind() {
        ofThisRun().forEach(ProcessHandle::destroyForcibly);
    }

    /** Whoever has started them, and whether or not that one still lives. */
    private List<ProcessHandle> ofThisRun() {
        return ProcessHandle.allProcesses()
                .filter(process -> PidFile.names(process, data))
                .toList();
    }

    @Test
    void ctrlCLeavesNoProcessAndNoLock() throws Exception {
        stop("INT", "All ready after");
    }

    @Test
    void aSignalDuringTheStartLeavesNoneEither() throws Exception {
        stop("TERM", "  redis ");
    }

    /** Its disk could as well be full: the directory of a topic can't be made, since there is a file in its place. */
    @Test
    void aBrokerThatCannotGoOnEndsTheRunAndSaysWhatToDo() throws Exception {
        Process run = start();
        List<String> lines = new ArrayList<>();
        long failed = 0;
        try (BufferedReader output = run.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.startsWith(KAFKA)) {
                    failed = System.nanoTime();
                    breakBroker(line.substring(KAFKA.length()).strip());
                }
            }
        }
        assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(String.join("\n", lines)).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - failed)).isLessThan(Duration.ofSeconds(15));
        assertThat(lines)
                .last()
                .asString()
                .startsWith("backbone: Kafka can't go on")
                .contains("free some space");
        assertThat(lines).as("no stack trace").noneMatch(line -> line.startsWith("\tat "));
        nothingIsLeft();
    }

    private void breakBroker(String bootstrapServers) throws IOException {
        Files.writeString(data.resolve("kafka").resolve("full-0"), "");
        KafkaSettings kafka = new KafkaSettings(bootstrapServers, Map.of());
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            // The answer may come, since the controller knows the topic before the broker has made it.
            admin.createTopics(List.of(new NewTopic("full", 1, (short) 1)));
        }
    }

    /** The one line is all: the log, which is kept there too, has nothing to add. */
    @Test
    void aDataDirectoryThatCannotBeMadeIsOneLine() throws Exception {
        data = Files.writeString(dir.resolve("file"), "").resolve("data");
        Process run = start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).isEqualTo(1);
        // Those are of this test's project, which has no services.
        assertThat(output.lines().filter(line -> !line.contains(" is left out: ")))
                .singleElement()
                .asString()
                .startsWith("backbone: data directory " + data + " can't be written");
    }

    private void stop(String signal, String when) throws IOException, InterruptedException {
        Process run = start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = run.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.startsWith(when)) {
                    assertThat(ofThisRun()).as("the launcher and its children").hasSizeGreaterThan(1);
                    signal(signal, run);
                }
            }
        }
        assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(String.join("\n", lines)).isZero();
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        assertThat(ofThisRun()).isEmpty();
        assertThat(data.resolve("run")).isDirectoryNotContaining("glob:**.pid");
        DataDirectory.open(data).close();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(withSignals());
        command.addAll(List.of(home.resolve("backbone").toString(), "up", "--data-dir", data.toString()));
        for (String port : List.of("stack.ports.kafka", "stack.ports.postgres", "stack.ports.redis")) {
            command.addAll(List.of("--set", port + "=0"));
        }
        command.addAll(List.of("--set", "stack.ports.registry=0", "--set", "local.psp.http.port=0"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** A build in the background of a shell has its children ignore Ctrl-C; a terminal doesn't. */
    private static List<String> withSignals() throws IOException {
        List<String> heeding = List.of("env", "--default-signal=INT");
        try {
            List<String> tried = new ArrayList<>(heeding);
            tried.add("true");
            return new ProcessBuilder(tried).start().waitFor() == 0 ? heeding : List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
