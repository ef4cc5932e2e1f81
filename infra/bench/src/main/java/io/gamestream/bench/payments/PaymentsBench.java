package io.gamestream.bench.payments;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.load.HttpWatcher;
import io.gamestream.bench.load.Latencies;
import io.gamestream.bench.load.PacedPosts;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.psp.PspKeys;
import io.gamestream.local.psp.webhook.Signature;
import io.gamestream.local.stack.Part;
import io.gamestream.runtime.connection.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench payments}: orders through gateway, capture, saga, worker, simulated PSP and back, all services on this machine. */
@Command(
        name = "payments",
        description =
                "Orders from POST to PurchaseCompleted over HTTP, as many as go, the saga's rules alone, webhooks.",
        mixinStandardHelpOptions = true)
public final class PaymentsBench implements Callable<Integer> {

    private static final int GAMES = 100;
    private static final int USERS = 1_000;

    /** An order is watched for a second or so, ten times a second: at 4 ms that was 500 requests a second. */
    private static final Duration GRAIN = Duration.ofMillis(20);

    private static final List<String> SERVICES =
            List.of("cdc", "catalog", "payments", "payments-gateway", "psp", "payments-worker", "serving-api");

    @Option(names = "--rate", description = "Orders per second while latency is measured (${DEFAULT-VALUE}).")
    int rate = 50;

    @Option(names = "--seconds", description = "Length of each measurement (${DEFAULT-VALUE}).")
    int seconds = 60;

    /** Seven cold JVMs on two cores compile for minutes before they are as fast as they stay. */
    @Option(names = "--warm-up", description = "Seconds of orders, as many as go, before them (${DEFAULT-VALUE}).")
    int warmUp = 180;

    @Option(
            names = "--window",
            description = "Orders that are under way at a time while throughput is measured (${DEFAULT-VALUE}).")
    int window = 200;

    @Option(names = "--sample", description = "Every how manyth order is watched over HTTP (${DEFAULT-VALUE}).")
    int sample = 5;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final PlacedOrders orders = new PlacedOrders();

    @Override
    public Integer call() throws Exception {
        BenchReport report = new BenchReport("payments");
        fold(report);
        try (BenchStage stage = BenchStage.start(Part.KAFKA, Part.POSTGRES, Part.REGISTRY)) {
            insertCatalogue(stage.postgres());
            Map<String, Integer> ports = start(stage);
            int serving = port(ports, "serving-api");
            Semaphore permits = new Semaphore(0);
            try (PacedPosts gateway = new PacedPosts("127.0.0.1", port(ports, "payments-gateway"));
                    HttpWatcher watcher = new HttpWatcher("127.0.0.1", serving, GRAIN);
                    Completed completed = new Completed(stage.kafka(), stage.registry(), permits::release)) {
                stage.say(warmUp + " s of warm-up");
                throughput(gateway, permits, Duration.ofSeconds(warmUp));
                orders.awaitAll(stage, completed, serving);
                latency(report, stage, gateway, watcher);
                webhooks(report, stage, gateway);
                orders.awaitAll(stage, completed, serving);
                sustained(report, stage, gateway, permits, completed);
                orders.awaitAll(stage, completed, serving);
                report.add(Figure.atMost(
                        "orders accepted and never completed", orders.count() - completed.count(), 0, "orders"));
            }
        }
        return BenchStage.finish(report);
    }

    private void fold(BenchReport report) {
        System.out.println("the saga's rules alone");
        FoldRun fold = new FoldRun();
        fold.run(Duration.ofSeconds(8));
        FoldRun.Speed speed = fold.run(Duration.ofSeconds(8));
        report.add(Figure.atLeast(
                "the saga's rules alone, one core: transitions", speed.transitionsPerSecond(), 20_000, "/s"));
        report.add(Figure.plain("made by commands, results and webhooks folded", speed.inputsPerSecond(), "/s"));
    }

    /** The worker's rate limit is what an account at the PSP allows; the simulated one allows more than the default. */
    private Map<String, Integer> start(BenchStage stage) throws InterruptedException {
        Map<String, Integer> ports = SERVICES.stream()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> stage.service(
                                service,
                                service,
                                "--set",
                                "local.psp.faults.transport.latency-min-ms=50",
                                "--set",
                                "local.psp.faults.transport.latency-max-ms=50",
                                "--set",
                                "payments-worker.provider.rate.per-second=2000",
                                "--set",
                                "payments-worker.in-flight=256")));
        for (String service : SERVICES) {
            stage.awaitReady(service);
        }
        return ports;
    }

    private static int port(Map<String, Integer> ports, String service) {
        return ports.getOrDefault(service, 0);
    }

    private void latency(BenchReport report, BenchStage stage, PacedPosts gateway, HttpWatcher watcher)
            throws Exception {
        stage.say(rate + " orders/s for " + seconds + " s, every " + sample + "th watched");
        PacedPosts.Result answers = gateway.run(rate, Duration.ofSeconds(seconds), this::order, (body, due) -> {
            String id = orders.accepted(body);
            if (orders.count() % sample == 0) {
                watcher.watch("/v1/payments/" + id, "\"status\":\"COMPLETED\"", due);
            }
        });
        Latencies.Summary seen = watcher.finish();
        report.add(Figure.plain("orders placed, open loop", rate, "/s"));
        report.add(
                Figure.plain("POST /v1/orders -> 202, p50", answers.latencies().p50(), "ms"));
        report.add(
                Figure.plain("POST /v1/orders -> 202, p99", answers.latencies().p99(), "ms"));
        report.add(Figure.plain("of these watched until complete", seen.count(), "orders"));
        report.add(Figure.atMost("POST /v1/orders -> COMPLETED over HTTP, p50", seen.p50(), 250, "ms"));
        report.add(Figure.atMost("POST /v1/orders -> COMPLETED over HTTP, p99", seen.p99(), 800, "ms"));
        report.add(Figure.atMost(
                "orders refused, unanswered or not complete within 30 s",
                answers.failed() + answers.unanswered() + watcher.takeNeverSeen(),
                0,
                "orders"));
    }

    private void webhooks(BenchReport report, BenchStage stage, PacedPosts gateway) {
        int perSecond = 200;
        stage.say(perSecond + " webhooks/s");
        String secret = PspKeys.in(stage.psp()).webhookSecret();
        List<String> known = orders.all();
        PacedPosts.Result answers = gateway.run(
                perSecond,
                Duration.ofSeconds(seconds / 2),
                number -> webhook(secret, number, known.get((int) (number % known.size()))),
                (body, due) -> {});
        report.add(Figure.plain("webhooks, open loop", perSecond, "/s"));
        report.add(Figure.plain("webhook acknowledged, p50", answers.latencies().p50(), "ms"));
        report.add(
                Figure.atMost("webhook acknowledged, p99", answers.latencies().p99(), 100, "ms"));
        report.add(Figure.atMost("webhooks refused or unanswered", answers.failed() + answers.unanswered(), 0, ""));
    }

    private void sustained(
            BenchReport report, BenchStage stage, PacedPosts gateway, Semaphore permits, Completed completed)
            throws Exception {
        stage.say("as many orders as go, " + window + " under way");
        Map<String, Duration> before = stage.processorTime();
        long done = completed.count();
        long begin = System.nanoTime();
        ConsumerLag lag = ConsumerLag.watch(stage.kafka());
        try (lag) {
            throughput(gateway, permits, Duration.ofSeconds(seconds));
        }
        double took = (System.nanoTime() - begin) / 1e9;
        double perSecond = (completed.count() - done) / took;
        report.add(Figure.atLeast(
                "purchases completed, " + window + " under way all the time", perSecond, 300, "orders/s"));
        report.add(Figure.plain("meanwhile, consumers were behind by", lag.atTheEnd(), "records"));
        report.add(Figure.atMost(
                "and fell behind by (flat: 0; at most a minute's orders in an hour)",
                lag.growthPerSecond(),
                perSecond / 60,
                "records/s"));
        Map.Entry<String, Double> furthest = lag.furthest();
        report.note(String.format(
                Locale.ROOT, "furthest behind was %s, by %.0f records", furthest.getKey(), furthest.getValue()));
        limits(report, before, stage.processorTime(), took, completed.count() - done);
    }

    /** As many are under way as there are permits; each that completes is followed by another one. */
    private void throughput(PacedPosts gateway, Semaphore permits, Duration duration) throws InterruptedException {
        permits.drainPermits();
        permits.release(window);
        gateway.run(permits, duration, this::order, (body, due) -> orders.accepted(body));
    }

    private static void limits(
            BenchReport report, Map<String, Duration> before, Map<String, Duration> after, double took, long done) {
        double all = 0;
        for (Map.Entry<String, Duration> one : after.entrySet()) {
            double spent = one.getValue()
                            .minus(before.getOrDefault(one.getKey(), Duration.ZERO))
                            .toMillis()
                    / 1e3;
            all += spent;
            report.add(Figure.plain(
                    "processor time per order: " + one.getKey(), done == 0 ? 0 : spent * 1e3 / done, "ms"));
        }
        int processors = Runtime.getRuntime().availableProcessors();
        report.note(String.format(
                Locale.ROOT,
                "while as many orders as go were placed, services, broker and load used %.2f of %d processors (Postgres and the"
                        + " registry not counted); what they use per order is what limits the rate",
                all / took,
                processors));
    }

    private PacedPosts.Post order(long number) {
        String body = "{\"userId\":\"bu-" + number % USERS + "\",\"lines\":[{\"gameId\":\"bg-" + number % GAMES
                + "\",\"quantity\":1}],\"paymentMethod\":\"pm_card_visa\"}";
        return new PacedPosts.Post(
                "/v1/orders",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString()),
                body);
    }

    private PacedPosts.Post webhook(String secret, long number, String order) {
        long now = System.currentTimeMillis() / 1_000;
        String body = "{\"id\":\"evt_" + run + "_" + number
                + "\",\"object\":\"event\",\"type\":\"payment_intent.created\",\"livemode\":false,\"created\":" + now
                + ",\"data\":{\"object\":{\"id\":\"pi_" + run
                + "\",\"object\":\"payment_intent\",\"amount\":1,\"amount_received\":0,\"currency\":\"eur\","
                + "\"status\":\"requires_confirmation\",\"metadata\":{\"order_id\":\"bench-" + order + "\"}}}}";
        return new PacedPosts.Post(
                "/webhooks/stripe",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Stripe-Signature",
                        Signature.header(body.getBytes(StandardCharsets.UTF_8), List.of(secret), now)),
                body);
    }

    private static void insertCatalogue(PostgresSettings postgres) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO catalog.games (id, title, price_minor) SELECT 'bg-' || i, 'Game ' || i, 1999"
                    + " FROM generate_series(0, " + (GAMES - 1) + ") AS i");
            statement.execute("INSERT INTO identity.users (id, handle) SELECT 'bu-' || i, 'player ' || i"
                    + " FROM generate_series(0, " + (USERS - 1) + ") AS i");
        }
    }
}
