package io.gamestream.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.service.ServiceSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two instances, each standby of the other, read and written to; one is killed. Counted is what the other one answers, how old its
 * answers say they are, and whether that is true.
 */
final class FailoverRun {

    private static final int CLIENTS = 8;

    /** Reads that do not count: a second instance has just been started, and the written games have no changes yet. */
    private static final Duration WARM = Duration.ofSeconds(10);

    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final int WRITES_PER_SECOND = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int games;
    private final GameViews views;

    /** When Kafka had the last change of each game, in epoch ms; 0 for a game that nobody has changed. */
    private final AtomicLongArray written;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong answeredAfter = new AtomicLong();
    private final AtomicLong byStandbys = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refusedByTheDead = new AtomicLong();
    private final AtomicLong withoutAge = new AtomicLong();
    private final AtomicLong olderThanStated = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong oldestOfStandbys = new AtomicLong();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private volatile boolean counting;
    private volatile boolean killed;

    FailoverRun(int games, GameViews views) {
        this.games = Math.min(games, 10_000);
        this.views = views;
        this.written = new AtomicLongArray(this.games);
    }

    /** Runs against the instance on {@code survivor}, and starts and kills a second one. */
    void measure(BenchReport report, BenchStage stage, int survivor, ServiceSpec service) throws Exception {
        stage.say("starting a second instance");
        int victim = stage.service(service, "serving-api-2");
        stage.awaitReady("serving-api-2");
        HttpClient client = client();
        stage.await("the second instance owns some games", () -> ownsSome(client, survivor, victim));
        stage.await("each has all of its copies", () -> loaded(client, survivor) && loaded(client, victim));
        stage.say("reading from both, then kill -9 of the second");
        long end = System.nanoTime() + WARM.plus(BEFORE).plus(AFTER).toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> write(end)));
            for (int i = 0; i < CLIENTS; i++) {
                running.add(threads.submit(() -> read(survivor, victim, end)));
            }
            TimeUnit.NANOSECONDS.sleep(WARM.toNanos());
            counting = true;
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            killed = true;
            stage.kill("serving-api-2");
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        report(report);
        if (failed.get() > 0) {
            report.note("The first failed read: " + firstFailure.get());
        }
    }

    private void report(BenchReport report) {
        report.add(Figure.plain("failover: reads answered before the kill", answered.get() - answeredAfter.get(), ""));
        report.add(Figure.atLeast("failover: reads answered after it", answeredAfter.get(), 1, ""));
        report.add(Figure.plain("failover: connections to the dead one that broke", refusedByTheDead.get(), ""));
        report.add(Figure.atMost("failover: failed reads beside those", failed.get(), 0, ""));
        report.add(Figure.atLeast("failover: reads answered by standbys", byStandbys.get(), 1, ""));
        report.add(Figure.plain("failover: oldest that a standby's answer said it was", oldestOfStandbys.get(), "ms"));
        report.add(Figure.plain("failover: oldest that any answer said it was", oldestMillis.get(), "ms"));
        report.add(Figure.atMost("failover: answers that do not say how old they are", withoutAge.get(), 0, ""));
        report.add(Figure.atMost("failover: answers older than they say", olderThanStated.get(), 0, ""));
    }

    /** Only then the kill takes away what somebody else must take over. */
    private static boolean ownsSome(HttpClient client, int survivor, int victim)
            throws IOException, InterruptedException {
        for (int game = 0; game < 40; game++) {
            HttpResponse<byte[]> answer = get(client, survivor, game);
            if (answer.headers().firstValue("Backbone-Served-By").orElse("").endsWith(":" + victim)) {
                return true;
            }
        }
        return false;
    }

    private static boolean loaded(HttpClient client, int port) throws IOException, InterruptedException {
        HttpResponse<String> metrics = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return metrics.body().lines().anyMatch("serving_views_loaded_ratio 1.0"::equals);
    }

    /** One for each thread: making one starts a thread. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    private void write(long end) {
        long gap = TimeUnit.SECONDS.toNanos(1) / WRITES_PER_SECOND;
        try {
            for (long due = System.nanoTime(); due < end; due += gap) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                int game = ThreadLocalRandom.current().nextInt(games);
                views.touch(game, millis -> written.accumulateAndGet(game, millis, Math::max));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(int survivor, int victim, long end) {
        HttpClient client = client();
        while (System.nanoTime() < end) {
            boolean toVictim = !killed && ThreadLocalRandom.current().nextBoolean();
            int game = ThreadLocalRandom.current().nextInt(games);
            if (!ask(client, toVictim ? victim : survivor, game, toVictim)) {
                ask(client, survivor, game, false);
            }
        }
    }

    /** Returns false where the victim was asked and has just died. */
    private boolean ask(HttpClient client, int port, int game, boolean victim) {
        long known = written.get(game);
        try {
            count(get(client, port, game), known);
        } catch (IOException e) {
            if (victim && killed) {
                refusedByTheDead.incrementAndGet();
                return false;
            }
            failed(game + " of port " + port + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static HttpResponse<byte[]> get(HttpClient client, int port, int game)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/games/" + game))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private void failed(String how) {
        if (counting) {
            failed.incrementAndGet();
            firstFailure.compareAndSet("", how);
        }
    }

    private void count(HttpResponse<byte[]> answer, long known) throws IOException {
        if (answer.statusCode() != 200) {
            failed(answer.uri() + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            return;
        }
        if (!counting) {
            return;
        }
        answered.incrementAndGet();
        if (killed) {
            answeredAfter.incrementAndGet();
        }
        boolean standby =
                answer.headers().firstValue("Backbone-Role").orElse("").equals("standby");
        if (standby) {
            byStandbys.incrementAndGet();
        }
        long age = answer.headers().firstValueAsLong("Age-Ms").orElse(-1);
        if (age < 0) {
            withoutAge.incrementAndGet();
            return;
        }
        oldestMillis.accumulateAndGet(age, Math::max);
        if (standby) {
            oldestOfStandbys.accumulateAndGet(age, Math::max);
        }
        JsonNode body = JSON.readTree(answer.body());
        long asOf = Instant.parse(body.path("asOf").asText()).toEpochMilli();
        long updatedAt = Instant.parse(body.path("updatedAt").asText()).toEpochMilli();
        if (known < asOf && updatedAt < known) {
            olderThanStated.incrementAndGet();
        }
    }
}
