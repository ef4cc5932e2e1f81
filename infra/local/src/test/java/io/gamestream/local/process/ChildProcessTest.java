package io.gamestream.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path dir;

    private Optional<ProcessHandle> other = Optional.empty();

    @AfterEach
    void leaveNothingBehind() {
        other.ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void writesItsLogAndTellsItsExitStatus() throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        ChildProcess child = ChildProcess.start(spec("echo hello; exit 3"));
        child.whenEnded(status::complete);
        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(Files.readString(child.log())).isEqualTo("hello\n");
    }

    @Test
    void leavesNeitherProcessNorPidFileWhenClosed() throws IOException {
        ChildProcess child = ChildProcess.start(spec("sleep 100"));
        assertThat(pidFile()).exists();
        child.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(pidFile()).doesNotExist();
    }

    /** The disk is full, say. */
    @Test
    void aProcessWhosePidCouldNotBeKeptIsNotLeftRunning() throws IOException {
        Files.writeString(dir.resolve("run"), "where the directory should be");
        assertThatThrownBy(() -> ChildProcess.start(spec("sleep 100")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("child.pid can't be written");
        await().until(() -> ProcessHandle.current().children().noneMatch(child -> PidFile.names(child, dir)));
    }

    @Test
    void theNextRunEndsWhatAKilledOneLeft() throws IOException {
        ChildProcess child = ChildProcess.start(spec("echo up; sleep 100"));
        // While one program becomes the next the process has no command line to be recognised by.
        await().until(() -> Files.size(child.log()) > 0);
        ChildProcess.endOrphans(dir);
        assertThat(child.isAlive()).isFalse();
        assertThat(pidFile()).doesNotExist();
    }

    /** The system has given the pid to somebody else's process by now, which started at the same time even. */
    @Test
    void aProcessThatDoesNotNameTheDataDirectoryIsLeftAlone() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "100").start();
        other = Optional.of(stranger.toHandle());
        new PidFile(pidFile(), dir).write(stranger.toHandle(), StopSignal.TERM);
        ChildProcess.endOrphans(dir);
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void aProcessThatStartedAtAnotherTimeIsLeftAlone() throws IOException {
        Process namesake = new ProcessBuilder("sh", "-c", "sleep 100; : " + dir).start();
        other = Optional.of(namesake.toHandle());
        Files.createDirectories(pidFile().getParent());
        long started = namesake.toHandle().info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(pidFile(), namesake.pid() + " " + (started - 60_000) + " TERM");
        ChildProcess.endOrphans(dir);
        assertThat(namesake.isAlive()).isTrue();
    }

    @Test
    void aPidFileThatWasCutShortIsNobody() throws IOException {
        Files.createDirectories(pidFile().getParent());
        Files.writeString(pidFile(), "12");
        ChildProcess.endOrphans(dir);
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void aCommandThatCouldNotBeRecognisedIsRefused() {
        assertThatThrownBy(() -> ChildProcess.Spec.of("x", List.of("sleep", "1"), dir, dir.resolve("x.log")))
                .hasMessageContaining("expected: to name " + dir);
    }

    /** The shell goes on after it, so that it is no other program by then and its command line stays. */
    private ChildProcess.Spec spec(String script) {
        return ChildProcess.Spec.of(
                "child", List.of("sh", "-c", script + "; : " + dir), dir, dir.resolve("logs/child.log"));
    }

    private Path pidFile() {
        return dir.resolve("run/child.pid");
    }
}
