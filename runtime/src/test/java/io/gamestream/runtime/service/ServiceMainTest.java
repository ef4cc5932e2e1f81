package io.gamestream.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit statuses and signals are the process's, so each test runs one. */
class ServiceMainTest {

    /** Less than a process waits for a service that is still starting. */
    private static final Duration NOTHING_TO_WAIT_FOR = Duration.ofSeconds(8);

    private record Ended(int status, String out, String err, Duration took) {}

    @TempDir
    Path dir;

    @Test
    void helpEndsWell() throws Exception {
        Ended ended = run("--help");
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("Usage: sample", "--config=FILE", "--set=PATH=VALUE");
        assertThat(ended.took()).isLessThan(NOTHING_TO_WAIT_FOR);
    }

    @Test
    void wrongArgumentsEndWithTwo() throws Exception {
        Ended ended = run("--sett", "a=b");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("sample: ", "--sett");
        assertThat(ended.took()).isLessThan(NOTHING_TO_WAIT_FOR);
    }

    @Test
    void aWrongSettingIsOneLine() throws Exception {
        Ended ended = run("--set", "kafka.bootstrap-servers=");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualToIgnoringNewLines("sample: can't start: setting kafka: bootstrap-servers: ''"
                        + " (expected: host:port, comma-separated)");
    }

    @Test
    void aFailedStartIsOneLineWithItsCause() throws Exception {
        Ended ended = run("--set", "kafka.bootstrap-servers=broken");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).isEqualToIgnoringNewLines("sample: can't start: no luck: the reason");
    }

    @Test
    void aFailureClosesAndEndsWithOne() throws Exception {
        Ended ended = run("--set", "kafka.bootstrap-servers=fails");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("up with fails", "closed fails");
        assertThat(ended.err()).isEqualToIgnoringNewLines("sample: stops: the broker is gone");
    }

    @Test
    void aSignalClosesAndEndsWithZero() throws Exception {
        Path file = Files.writeString(dir.resolve("s.conf"), "backbone.kafka.bootstrap-servers = from-file");
        Process process = process(SampleService.class, "--config", file.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("up with from-file");
            // SIGTERM
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("closed from-file");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void servicesOfOneProcessAreClosedByOneSignal() throws Exception {
        Process process = shared("one", "two");
        List<String> out = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            out.add(lines.readLine());
            out.add(lines.readLine());
            assertThat(out).containsExactlyInAnyOrder("up with one", "up with two");
            process.toHandle().destroy();
            assertThat(lines.lines()).containsExactlyInAnyOrder("closed one", "closed two");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theFailureOfOneEndsAllOfItsProcessWithOne() throws Exception {
        Ended ended = ended(shared("one", "fails"));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("closed one", "closed fails");
        assertThat(ended.err()).isEqualToIgnoringNewLines("sample: stops: the broker is gone");
    }

    @Test
    void aServiceThatCantStartEndsAllOfItsProcess() throws Exception {
        Ended ended = ended(shared("one", "broken"));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("closed one");
        assertThat(ended.err()).isEqualToIgnoringNewLines("sample: can't start: no luck: the reason");
    }

    private Process shared(String one, String other) throws IOException {
        String service = SampleService.class.getName();
        return process(
                ServicesMain.class,
                service,
                "--set",
                "kafka.bootstrap-servers=" + one,
                ServicesMain.NEXT,
                service,
                "--set",
                "kafka.bootstrap-servers=" + other);
    }

    private Ended run(String... args) throws Exception {
        return ended(process(SampleService.class, args));
    }

    private Ended ended(Process process) throws Exception {
        long start = System.nanoTime();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Ended(process.exitValue(), out, Files.readString(dir.resolve("err")), took);
    }

    private Process process(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(dir.resolve("err").toFile())
                .start();
    }
}
