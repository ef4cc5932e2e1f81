package io.gamestream.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * GET requests at a fixed rate, whatever the answers do: latency counts from the moment at which a request was due, so
 * that a stalled server can't hide behind a waiting client (coordinated omission).
 */
public final class OpenLoopHttp implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final Latencies latencies = new Latencies();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();

    public OpenLoopHttp() {
        client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setPipelining(true).setPipeliningLimit(16),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
    }

    /**
     * Runs for a while and waits for the last answers.
     *
     * @param paths the path of each next request
     */
    public Result run(String host, int port, Supplier<String> paths, int perSecond, Duration duration) {
        latencies.take();
        failed.set(0);
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (long due = start; due < end; due += gap) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            send(host, port, paths.get(), due);
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (unanswered.get() > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return new Result(latencies.take(), failed.get(), unanswered.get());
    }

    private void send(String host, int port, String path, long due) {
        unanswered.incrementAndGet();
        client.request(HttpMethod.GET, port, host, path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(response.statusCode()))
                .onComplete(answer -> {
                    unanswered.decrementAndGet();
                    if (answer.succeeded() && answer.result() == 200) {
                        latencies.recordSince(due);
                    } else {
                        failed.incrementAndGet();
                    }
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /**
     * What a run showed.
     *
     * @param latencies of the requests that were answered with 200
     * @param failed requests with another status or with none
     * @param unanswered requests without an answer 10 s after the end
     */
    public record Result(Latencies.Summary latencies, long failed, long unanswered) {}
}
