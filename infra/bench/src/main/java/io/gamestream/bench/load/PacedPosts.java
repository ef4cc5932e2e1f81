package io.gamestream.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** POST requests at a fixed rate, whatever the answers do, or as many at a time as there are permits. */
public final class PacedPosts implements AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final String host;
    private final int port;
    private final Latencies latencies = new Latencies();
    private final AtomicLong underWay = new AtomicLong();
    private final Map<String, Long> failures = new ConcurrentHashMap<>();

    /** One request. */
    public record Post(String path, Map<String, String> headers, String body) {

        public Post {
            headers = Map.copyOf(headers);
        }
    }

    /** Is told of each answer of a 2xx status. */
    @FunctionalInterface
    public interface Answered {

        /**
         * Takes the answer.
         *
         * @param dueNanos when the request was due, by {@link System#nanoTime()}
         */
        void with(String body, long dueNanos);
    }

    public PacedPosts(String host, int port) {
        this(host, port, CONNECTIONS);
    }

    /** With so many connections: where answers are slow, requests wait for one of them, and that counts. */
    public PacedPosts(String host, int port, int connections) {
        this.host = host;
        this.port = port;
        client = vertx.createHttpClient(
                new PoolOptions().setHttp1MaxSize(connections).setEventLoopSize(1));
    }

    /** Open loop: latency counts from the moment at which a request was due. Waits for the last answers. */
    public Result run(int perSecond, Duration duration, LongFunction<Post> posts, Answered answered) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        return run(() -> gap, duration, posts, answered);
    }

    /** The same with requests that come as people do: a Poisson process, whose bursts a fixed rate hides. */
    public Result runPoisson(
            int perSecond, Duration duration, SplittableRandom chance, LongFunction<Post> posts, Answered answered) {
        double gap = TimeUnit.SECONDS.toNanos(1) / (double) perSecond;
        return run(() -> (long) (-Math.log(1 - chance.nextDouble()) * gap), duration, posts, answered);
    }

    private Result run(LongSupplier gaps, Duration duration, LongFunction<Post> posts, Answered answered) {
        begin();
        long start = System.nanoTime();
        long due = start;
        for (long number = 0; due - start < duration.toNanos(); number++, due += gaps.getAsLong()) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send(posts.apply(number), due, answered, () -> {});
        }
        return finish();
    }

    /** Closed loop: a request for each permit, which is given back by whoever knows that its work is done, or where it fails. */
    public Result run(Semaphore permits, Duration duration, LongFunction<Post> posts, Answered answered)
            throws InterruptedException {
        begin();
        long end = System.nanoTime() + duration.toNanos();
        for (long number = 0; System.nanoTime() < end; number++) {
            if (permits.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                send(posts.apply(number), System.nanoTime(), answered, permits::release);
            }
        }
        return finish();
    }

    private void begin() {
        latencies.take();
        failures.clear();
    }

    private Result finish() {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (underWay.get() > 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return new Result(latencies.take(), Map.copyOf(failures), underWay.get());
    }

    private void send(Post post, long due, Answered answered, Runnable onFailure) {
        underWay.incrementAndGet();
        client.request(HttpMethod.POST, port, host, post.path())
                .compose(request -> {
                    post.headers().forEach(request::putHeader);
                    return request.send(post.body());
                })
                .compose(response -> response.body().map(body -> {
                    if (response.statusCode() / 100 != 2) {
                        throw new Refused(response.statusCode());
                    }
                    return body.toString();
                }))
                .onSuccess(body -> {
                    latencies.recordSince(due);
                    answered.with(body, due);
                })
                .onFailure(e -> {
                    failures.merge(
                            e instanceof Refused refused
                                    ? Integer.toString(refused.status)
                                    : e.getClass().getSimpleName(),
                            1L,
                            Long::sum);
                    onFailure.run();
                })
                .onComplete(done -> underWay.decrementAndGet());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /**
     * What a run showed.
     *
     * @param latencies of the requests that were answered with 2xx
     * @param failures requests with another status, by that status, or without an answer, by what has happened to them
     * @param unanswered requests without an answer 10 s after the end
     */
    public record Result(Latencies.Summary latencies, Map<String, Long> failures, long unanswered) {

        public long failed() {
            return failures.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** An answer of another status than 2xx. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super(Integer.toString(status));
            this.status = status;
        }
    }
}
