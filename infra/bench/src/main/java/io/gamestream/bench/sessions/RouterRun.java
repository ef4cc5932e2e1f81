package io.gamestream.bench.sessions;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.load.PacedPosts;
import io.gamestream.bench.load.PacedPosts.Post;
import io.gamestream.local.sessions.HostFleet;
import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.stack.Part;
import io.gamestream.schemas.catalog.GpuClass;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Players and hosts over HTTP, on a stack of its own: from a request to the grant that is committed. */
final class RouterRun implements AutoCloseable {

    private static final List<String> REGIONS =
            List.of("eu-west", "eu-central", "us-east", "us-west", "sa-east", "ap-northeast");
    private static final String GAME = "bench-game";
    private static final int CONNECTIONS = 512;
    private static final Pattern USABLE = Pattern.compile("\"usable\":(\\d+)");

    private static final Pattern STATUS = Pattern.compile("\"status\":\"(\\w+)\"");

    /** Every host tells what has changed with its next beat; with 2,000 of them that is 667 requests a second. */
    private static final Duration BEAT = Duration.ofSeconds(3);

    private static final Duration PLAYED = Duration.ofSeconds(4);

    /**
     * What a rate showed.
     *
     * @param granted answers that were a grant
     * @param others by what was answered: a status of the ticket that isn't a grant, an HTTP status that isn't 2xx, a failure
     */
    record Outcome(
            int perSecond, long granted, Map<String, Long> others, double p50, double p99, double grantsPerSecond) {

        long withoutGrant() {
            return others.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d/s: %d granted, %.0f a second, p50 %.0f ms, p99 %.0f ms; others: %s",
                    perSecond,
                    granted,
                    grantsPerSecond,
                    p50,
                    p99,
                    others);
        }
    }

    private final BenchStage stage;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final BenchGames games = new BenchGames(vertx, PLAYED);
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom chance = new SplittableRandom(42);
    private final AtomicLong players = new AtomicLong();
    private final HostFleet fleet;
    private final int slots;
    private final int port;

    private RouterRun(BenchStage stage, int hosts, int slotsPerHost) throws Exception {
        this.stage = stage;
        this.slots = hosts * slotsPerHost;
        FreeGames.publish(stage.kafka(), stage.registry(), FreeGames.of(GAME, GpuClass.STANDARD));
        stage.service("sessions");
        port = stage.service("session-router");
        stage.awaitReady("sessions");
        stage.awaitReady("session-router");
        stage.await("cells that tick", this::allTick);
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < REGIONS.size(); i++) {
            int here = hosts / REGIONS.size() + (i < hosts % REGIONS.size() ? 1 : 0);
            sites.add(new Site(REGIONS.get(i) + "-1", REGIONS.get(i), 0, 0, here));
        }
        stage.say(hosts + " hosts report for service");
        fleet = HostFleet.start(
                vertx,
                URI.create("http://127.0.0.1:" + port),
                sites,
                new Hosts(slotsPerHost, BEAT, false, BEAT.multipliedBy(5), Duration.ZERO, Duration.ZERO),
                List.of("STANDARD"),
                games);
        stage.await(slots + " slots to be usable", () -> usable() == slots);
    }

    static RouterRun start(int hosts, int slotsPerHost) throws Exception {
        BenchStage stage = BenchStage.start(Part.KAFKA, Part.REGISTRY, Part.REDIS);
        try {
            return new RouterRun(stage, hosts, slotsPerHost);
        } catch (Exception e) {
            stage.close();
            throw e;
        }
    }

    /** Asks at that rate for a while. */
    Outcome ask(int perSecond, Duration duration) {
        AtomicLong granted = new AtomicLong();
        Map<String, Long> others = new ConcurrentHashMap<>();
        long begun = System.nanoTime();
        try (PacedPosts posts = new PacedPosts("127.0.0.1", port, CONNECTIONS)) {
            PacedPosts.Result result =
                    posts.runPoisson(perSecond, duration, chance.split(), number -> request(), (answer, due) -> {
                        if (answer.contains("\"status\":\"GRANTED\"") || answer.contains("\"status\":\"ACTIVE\"")) {
                            granted.incrementAndGet();
                        } else {
                            others.merge(status(answer), 1L, Long::sum);
                        }
                    });
            double seconds = (System.nanoTime() - begun) / 1e9;
            others.putAll(result.failures());
            if (result.unanswered() > 0) {
                others.put("none", result.unanswered());
            }
            Outcome outcome = new Outcome(
                    perSecond,
                    granted.get(),
                    new TreeMap<>(others),
                    result.latencies().p50(),
                    result.latencies().p99(),
                    granted.get() / seconds);
            stage.requireAlive("sessions");
            stage.requireAlive("session-router");
            stage.say(outcome.toString());
            return outcome;
        }
    }

    BenchStage stage() {
        return stage;
    }

    BenchGames games() {
        return games;
    }

    /** Waits until nobody plays. */
    void quiet() throws Exception {
        stage.await("all slots to be free", () -> free() == slots);
    }

    private Post request() {
        long number = players.getAndIncrement();
        StringBuilder rtts = new StringBuilder();
        for (int i = 0; i < REGIONS.size(); i++) {
            int ms = i == number % REGIONS.size() ? 15 : 120;
            rtts.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(REGIONS.get(i))
                    .append("\":")
                    .append(ms);
        }
        return new Post(
                "/v1/sessions?waitMs=10000",
                Map.of("Content-Type", "application/json", "Idempotency-Key", "bench"),
                "{\"playerId\":\"bench-" + number + "\",\"gameId\":\"" + GAME + "\",\"tier\":\"PLUS\",\"rttMs\":{"
                        + rtts + "}}");
    }

    private boolean allTick() throws Exception {
        for (String region : REGIONS) {
            if (!cell(region).contains("\"cellId\"")) {
                return false;
            }
        }
        return true;
    }

    private int usable() throws Exception {
        int usable = 0;
        for (String region : REGIONS) {
            usable += number(USABLE, cell(region));
        }
        return usable;
    }

    private int free() throws Exception {
        int free = 0;
        for (String region : REGIONS) {
            free += number(Pattern.compile("\"free\":(\\d+)"), cell(region));
        }
        return free;
    }

    private static String status(String answer) {
        Matcher found = STATUS.matcher(answer);
        return found.find() ? found.group(1) : answer;
    }

    private static int number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private String cell(String region) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v1/cells/" + region + "-1");
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        fleet.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        stage.close();
    }
}
