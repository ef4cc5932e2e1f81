package io.gamestream.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit statuses and signals are the process's, so each test runs one. */
class ServiceMainTest {

    private record Ended(int status, String out, String err) {}

    @TempDir
    Path dir;

    @Test
    void helpEndsWell() throws Exception {
        Ended ended = run("--help");
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("Usage: sample", "--config=FILE", "--set=PATH=VALUE");
    }

    @Test
    void wrongArgumentsEndWithTwo() throws Exception {
        Ended ended = run("--sett", "a=b");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("sample: ", "--sett");
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
        assertThat(ended.out()).contains("up with fails", "closed");
        assertThat(ended.err()).isEqualToIgnoringNewLines("sample: stops: the broker is gone");
    }

    @Test
    void aSignalClosesAndEndsWithZero() throws Exception {
        Path file = Files.writeString(dir.resolve("s.conf"), "backbone.kafka.bootstrap-servers = from-file");
        Process process = process("--config", file.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("up with from-file");
            // SIGTERM
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("closed");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Ended run(String... args) throws Exception {
        Process process = process(args);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, Files.readString(dir.resolve("err")));
    }

    private Process process(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SampleService.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(dir.resolve("err").toFile())
                .start();
    }
}
