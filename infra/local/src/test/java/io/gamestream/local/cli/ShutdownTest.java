package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail, each in a JVM of its own: it ends. */
@Timeout(60)
class ShutdownTest {

    private static final String REASON = "the disk is full";

    @TempDir
    Path data;

    private record Run(int status, String output) {}

    @Test
    void aFailureStopsTheRunAndIsTheLastWord() throws Exception {
        Run run = run("stops");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("a part has failed; stopping ...")
                .contains("stopped in ")
                .endsWith("backbone: " + REASON);
    }

    @Test
    void aPartThatNeverStopsDoesNotKeepAFailedRun() throws Exception {
        Run run = run("hangs");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("it takes too long").endsWith("backbone: " + REASON);
    }

    @Test
    void norDoesAStartThatHangs() throws Exception {
        Run run = run("starts");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("it takes too long").endsWith("backbone: " + REASON);
    }

    private Run run(String how) throws IOException, InterruptedException {
        // As the script does: log4j can't register its own hook any more.
        List<String> flags = List.of("-Xmx64m", "-Dlog4j2.shutdownHookEnabled=false");
        Process process = ChildJvm.of(flags, Failing.class, data.toString(), how)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output.strip());
        } finally {
            process.destroyForcibly();
        }
    }

    /** What runs there: it fails while it runs, and its only part stops or never does; or while it is being started. */
    static final class Failing {

        private Failing() {}

        public static void main(String[] args) throws InterruptedException {
            String how = args[1];
            Duration patience = how.equals("stops") ? Duration.ofMinutes(1) : Duration.ofMillis(200);
            Shutdown shutdown = new Shutdown(new Console(System.out, 0), patience);
            shutdown.install(Path.of(args[0]));
            shutdown.own(() -> {
                if (how.equals("hangs")) {
                    new CountDownLatch(1).await();
                }
            });
            shutdown.fail(REASON);
            if (how.equals("starts")) {
                new CountDownLatch(1).await();
            }
            shutdown.awaitRequested(1, TimeUnit.MINUTES);
            shutdown.stop();
            System.exit(shutdown.exitStatus());
        }
    }
}
