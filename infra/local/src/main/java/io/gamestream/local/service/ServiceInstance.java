package io.gamestream.local.service;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.ClassArchive;
import io.gamestream.local.process.LogTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A service that a {@link ServiceStage} has started: asked how it is, killed, stopped. */
public final class ServiceInstance implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 20;
    private static final int TAIL_LINES = 20;

    private final String name;
    private final SupervisedService service;
    private final int port;
    private final WhenItDies whenItDies;
    private final ServiceProbe probe;
    private final long startedNanos = System.nanoTime();

    ServiceInstance(String name, SupervisedService service, int port, WhenItDies whenItDies, ServiceProbe probe) {
        this.name = name;
        this.service = service;
        this.port = port;
        this.whenItDies = whenItDies;
        this.probe = probe;
    }

    public String name() {
        return name;
    }

    /** Of its program: what a start of another instance uses, once it is there. */
    public ClassArchive classArchive() {
        return service.classArchive();
    }

    /** Where it answers over HTTP. */
    public int port() {
        return port;
    }

    /** Such as {@code http://127.0.0.1:8181}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Since its first start. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    public boolean isAlive() {
        return process().isAlive();
    }

    /** By its own word. */
    public boolean isReady() {
        return probe.isReady(url());
    }

    /**
     * Returns when it says that it is ready.
     *
     * @throws IllegalStateException with its last words, where the time is over, or where it has died for good
     */
    public void awaitReady(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isReady()) {
            if (whenItDies == WhenItDies.LEAVE_IT && !isAlive()) {
                throw new IllegalStateException(name() + " has died:\n" + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name() + " was not ready within " + within.toSeconds() + " s:\n" + lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    public long pid() {
        return process().handle().pid();
    }

    /** SIGKILL; returns when that process is gone, with all services in it. */
    public void kill() {
        ProcessHandle handle = process().handle();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    /** Waits for its end. */
    public int exitStatus() {
        return process().exitStatus();
    }

    public Path log() {
        return process().log();
    }

    /** The end of its log. */
    public String lastWords() {
        return LogTail.of(log(), TAIL_LINES);
    }

    /** Asks its process to leave, and kills it where it does not in time. It is not started again. */
    @Override
    public void close() {
        service.close();
    }

    private ChildProcess process() {
        ChildProcess process = service.process();
        if (process == null) {
            throw new IllegalStateException(name() + " could not be started");
        }
        return process;
    }
}
