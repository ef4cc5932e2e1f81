package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a capture running: starts it where Kafka says that it is, starts it again when a server was away, and ends with one
 * message when going on would lose something or can't help.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** What isn't understood is tried this often without any progress. */
    private static final int UNKNOWN_TRIES = 5;

    /** Within which a capture that has fenced us says so in its position. */
    private static final Duration CLAIM_WITHIN = Duration.ofSeconds(2);

    private final CdcSettings settings;
    private final Connections connections;
    private final CaptureStats stats;
    private final Snapshots snapshots;
    private final String instance = UUID.randomUUID().toString();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Capture running;
    private boolean claimed;

    public Supervisor(CdcSettings settings, Connections connections, CaptureStats stats, Snapshots snapshots) {
        this.settings = settings;
        this.connections = connections;
        this.stats = stats;
        this.snapshots = snapshots;
        this.thread = new Thread(this::supervise, "cdc-capture");
    }

    /** Begins to capture, in a thread of its own. */
    public void start() {
        thread.start();
    }

    /** Completes exceptionally when the capture can't go on, normally when it was closed. */
    public CompletionStage<Void> ended() {
        return ended;
    }

    private void supervise() {
        Retries retries = new Retries(FIRST_PAUSE, LONGEST_PAUSE, settings.retryFor(), UNKNOWN_TRIES);
        while (!isStopping()) {
            long before = stats.kafkaTransactions.sum();
            try {
                attempt();
                if (!isStopping()) {
                    throw new IllegalStateException("the engine ended by itself");
                }
            } catch (Throwable e) {
                if (isStopping()) {
                    break;
                }
                // The claim is one transaction.
                boolean progressed = stats.kafkaTransactions.sum() > before + 1;
                if (!waited(e, retries, progressed)) {
                    return;
                }
            } finally {
                running = null;
            }
        }
        stats.become(CaptureStats.State.STOPPED);
        ended.complete(null);
    }

    private void attempt() throws Exception {
        // What it waits for is not over because it looks again.
        if (stats.state() != CaptureStats.State.WAITING) {
            stats.become(CaptureStats.State.STARTING);
        }
        requireUnclaimedByOthers();
        new Attempt(settings, connections, stats, snapshots, instance).run(() -> claimed = true, capture -> {
            running = capture;
            if (isStopping()) {
                capture.stop();
            }
        });
    }

    private boolean waited(Throwable e, Retries retries, boolean progressed) {
        Trouble trouble = fenced(Trouble.of(e, settings.slot()));
        Duration pause = retries.after(trouble.kind(), progressed);
        LOG.debug("trouble", e);
        if (pause == null) {
            stats.become(CaptureStats.State.STOPPED);
            ended.completeExceptionally(new CaptureException(trouble.message()));
            return false;
        }
        LOG.warn("waiting {} ms, then going on: {}", pause.toMillis(), trouble.message());
        stats.waiting(trouble.message());
        stats.restarts.increment();
        pause(pause);
        return true;
    }

    /**
     * Starting a producer would fence a capture that has taken over while we were in trouble. What we may have left open
     * isn't waited for: only a producer of ours ends it, and another one has ended it before it made its claim.
     */
    private void requireUnclaimedByOthers() {
        if (!claimed) {
            return;
        }
        String owner = connections
                .positionReader()
                .visible(settings.slot())
                .map(last -> last.progress().instance())
                .orElse(instance);
        if (!owner.equals(instance)) {
            throw new CaptureException(Trouble.takenOver(settings.slot(), owner));
        }
    }

    /** The broker also fences a producer whose transaction it had to abort; then nobody has taken over. */
    private Trouble fenced(Trouble trouble) {
        if (!trouble.fenced()) {
            return trouble;
        }
        pause(CLAIM_WITHIN);
        try {
            requireUnclaimedByOthers();
        } catch (CaptureException e) {
            return Trouble.of(e, settings.slot());
        } catch (RuntimeException e) {
            LOG.debug("who has taken over can't be read now", e);
        }
        return trouble.passing("the broker has aborted a transaction of ours: "
                + trouble.cause().getMessage());
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration duration) {
        try {
            if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("no pause: stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        Capture capture = running;
        if (capture != null) {
            capture.stop();
        }
        thread.join(TimeUnit.SECONDS.toMillis(8));
        connections.close();
    }
}
