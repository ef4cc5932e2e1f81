package io.gamestream.bench.serving;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Two instances, each standby of the other; one is killed under load. What the other one answers is counted. */
final class FailoverRun {

    private static final int CLIENTS = 8;
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(30);

    private final int games;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong answeredAfter = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refusedByTheDead = new AtomicLong();
    private final AtomicLong withoutAge = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private volatile boolean killed;

    FailoverRun(int games) {
        this.games = games;
    }

    /** Runs against the instance on {@code survivor}, and starts and kills a second one. */
    void measure(BenchReport report, BenchStage stage, int survivor) throws Exception {
        stage.say("starting a second instance");
        int victim = stage.service("serving-api", "serving-api-2");
        stage.awaitReady("serving-api-2");
        stage.awaitReady("serving-api");
        stage.say("reading from both, then kill -9 of the second");
        long end = System.nanoTime() + BEFORE.plus(AFTER).toNanos();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> read(survivor, victim, end)));
            }
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            killed = true;
            stage.kill("serving-api-2");
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
        report.add(Figure.plain("failover: reads answered before the kill", answered.get() - answeredAfter.get(), ""));
        report.add(Figure.atLeast("failover: reads answered after it", answeredAfter.get(), 1, ""));
        report.add(Figure.plain("failover: connections to the dead one that broke", refusedByTheDead.get(), ""));
        report.add(Figure.atMost("failover: failed reads of the living one", failed.get(), 0, ""));
        report.add(Figure.atMost("failover: answers that do not say how fresh they are", withoutAge.get(), 0, ""));
        report.add(Figure.plain("failover: highest age stated", oldestMillis.get(), "ms"));
    }

    private void read(int survivor, int victim, long end) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        while (System.nanoTime() < end) {
            boolean toVictim = !killed && ThreadLocalRandom.current().nextBoolean();
            String path = "/v1/games/" + ThreadLocalRandom.current().nextInt(games);
            if (!ask(client, toVictim ? victim : survivor, path, toVictim)) {
                ask(client, survivor, path, false);
            }
        }
    }

    /** Returns false where the victim was asked and has just died. */
    private boolean ask(HttpClient client, int port, String path, boolean victim) {
        try {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            count(answer);
        } catch (IOException e) {
            if (victim && killed) {
                refusedByTheDead.incrementAndGet();
                return false;
            }
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void count(HttpResponse<Void> answer) {
        if (answer.statusCode() != 200) {
            failed.incrementAndGet();
            return;
        }
        answered.incrementAndGet();
        if (killed) {
            answeredAfter.incrementAndGet();
        }
        answer.headers()
                .firstValueAsLong("Age-Ms")
                .ifPresentOrElse(
                        age -> oldestMillis.accumulateAndGet(age, Math::max), () -> withoutAge.incrementAndGet());
    }
}
