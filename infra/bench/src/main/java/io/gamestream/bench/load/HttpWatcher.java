package io.gamestream.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Asks for a resource again and again until its body says what was written, and records how long that took. */
public final class HttpWatcher implements AutoCloseable {

    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final String host;
    private final int port;
    private final long grainMs;
    private final Latencies latencies = new Latencies();
    private final Latencies answers = new Latencies();
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicLong neverSeen = new AtomicLong();

    /**
     * Asks one server.
     *
     * @param grain between two requests for the same write at least: the resolution of the figure, which counts against us. Too
     *     fine a grain makes the watcher the load that makes writes late
     */
    public HttpWatcher(String host, int port, Duration grain) {
        this.host = host;
        this.port = port;
        this.grainMs = grain.toMillis();
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(32).setEventLoopSize(1));
    }

    /**
     * Watches without blocking the caller.
     *
     * @param expected what the body contains once the write is visible, and only then
     * @param since when the COMMIT was sent, by {@link System#nanoTime()}
     */
    public void watch(String path, String expected, long since) {
        watching.incrementAndGet();
        ask(path, expected, since);
    }

    /** Waits for what is still being watched, until the last of it is given up; nothing of it counts later. */
    public Latencies.Summary finish() {
        // The last question comes a twelfth of its age after the one before.
        long patience = System.nanoTime() + GIVE_UP_NANOS * 5 / 4;
        while (watching.get() > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return latencies.take();
    }

    /** How long single requests took, since the last call: a change that has just been missed is seen by the next one. */
    public Latencies.Summary answers() {
        return answers.take();
    }

    /** Writes that were not visible within half a minute, since the last call. */
    public long takeNeverSeen() {
        return neverSeen.getAndSet(0);
    }

    private void ask(String path, String expected, long since) {
        long asked = System.nanoTime();
        client.request(HttpMethod.GET, port, host, path)
                .compose(request -> request.send())
                .compose(response -> response.body())
                .onComplete(answer -> {
                    answers.recordSince(asked);
                    if (answer.succeeded() && contains(answer.result(), expected)) {
                        latencies.recordSince(since);
                        watching.decrementAndGet();
                    } else if (System.nanoTime() - since > GIVE_UP_NANOS) {
                        neverSeen.incrementAndGet();
                        watching.decrementAndGet();
                    } else {
                        vertx.setTimer(pauseMs(since), timer -> ask(path, expected, since));
                    }
                });
    }

    /** The grain, and 8 % of what is late: what takes long anyway is not asked for the more often. */
    private long pauseMs(long since) {
        return Math.max(grainMs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) / 12);
    }

    private static boolean contains(Buffer body, String expected) {
        return body.toString().contains(expected);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
