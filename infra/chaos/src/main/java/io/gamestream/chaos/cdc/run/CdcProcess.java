package io.gamestream.chaos.cdc.run;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.LogTail;
import io.gamestream.local.service.ServiceProbe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One instance of the capture. */
final class CdcProcess implements AutoCloseable {

    private static final int TAIL_LINES = 5;

    private final ChildProcess child;
    private final String base;
    private final ServiceProbe probe;
    private final long startedNanos = System.nanoTime();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    CdcProcess(ChildProcess child, String base, ServiceProbe probe) {
        this.child = child;
        this.base = base;
        this.probe = probe;
        child.whenEnded(status::complete);
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** Whether it says that it captures. */
    boolean isReady() {
        return probe.isReady(base);
    }

    /** Since its start. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Returns when it is gone. */
    void kill() {
        child.handle().destroyForcibly();
        status.join();
        child.close();
    }

    void freeze() {
        Signals.stop(child.handle().pid());
    }

    void thaw() {
        Signals.resume(child.handle().pid());
    }

    /** Of a process that has ended. */
    int exitStatus() {
        return status.join();
    }

    /** What it said last. */
    String lastWords() {
        return LogTail.of(child.log(), TAIL_LINES);
    }

    /** Asks it to leave; it has some seconds. */
    @Override
    public void close() {
        child.close();
    }
}
