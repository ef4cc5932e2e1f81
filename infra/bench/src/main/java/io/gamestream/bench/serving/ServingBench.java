package io.gamestream.bench.serving;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.load.Nginx;
import io.gamestream.bench.load.OpenLoopHttp;
import io.gamestream.bench.load.Wrk;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.stack.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Point reads of random keys, beside a constant body from the same server and from nginx, in rounds of one run. */
@Command(
        name = "serving",
        description =
                "Point reads from a large view, beside a constant answer of the same server and nginx (needs wrk"
                        + " and nginx: apt-get install wrk nginx); then latency at half that rate, and the death of an instance.",
        mixinStandardHelpOptions = true)
public final class ServingBench implements Callable<Integer> {

    private static final String SERVICE = "serving-api";
    private static final String HOST = "127.0.0.1";
    private static final String PREFIX = "/v1/games/";
    private static final int MOST_WARM_UPS = 8;
    private static final double STEADY = 1.05;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration WARM = Duration.ofSeconds(5);

    @Option(names = "--games", description = "Games in the view (default: ${DEFAULT-VALUE}).")
    int games = 1_000_000;

    @Option(names = "--rounds", description = "Rounds of the three servers in turn (default: ${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--seconds", description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    int seconds = 8;

    @Option(names = "--skip-reads", description = "Leaves out rates and latency.")
    boolean skipReads;

    @Option(names = "--skip-failover", description = "Leaves out the death of an instance.")
    boolean skipFailover;

    @Override
    public Integer call() throws Exception {
        if (!Wrk.installed() || !Nginx.installed()) {
            System.err.println("bench serving needs wrk and nginx on the PATH (Debian: apt-get install wrk nginx)");
            return 1;
        }
        BenchReport report = new BenchReport("serving");
        try (BenchStage stage = BenchStage.start(Part.KAFKA, Part.REGISTRY);
                GameViews views = new GameViews(stage.kafka(), stage.registry())) {
            stage.say("writing " + games + " games");
            views.seed(games);
            stage.say("loading them");
            long start = System.nanoTime();
            int port = stage.service(service(), SERVICE);
            stage.awaitReady(SERVICE);
            double loaded = (System.nanoTime() - start) / 1e9;
            report.add(Figure.plain("games in the view", games, ""));
            report.add(Figure.plain("start of the process to ready: views and search", loaded, "s"));
            if (!skipReads) {
                byte[] body = get(port, PREFIX + games / 2);
                double half = rates(report, stage, port, body) / 2;
                latency(report, stage, port, (int) half);
            }
            if (!skipFailover) {
                new FailoverRun(games, views).measure(report, stage, port, service());
            }
        }
        return BenchStage.finish(report);
    }

    /** What a laptop gives the service is not made for a million games: 2.3 GB for those. */
    private ServiceSpec service() {
        long megabytes = 256 + games / 500L;
        return ServiceTable.of(SERVICE).withJvmFlags(List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m"));
    }

    private double rates(BenchReport report, BenchStage stage, int port, byte[] body) throws Exception {
        Path file = Files.write(stage.directory().resolve("body.json"), body);
        int constantPort = stage.java(
                "constant",
                ConstantServer.class,
                free -> List.of(
                        Integer.toString(free),
                        file.toString(),
                        Integer.toString(Runtime.getRuntime().availableProcessors())));
        int nginxPort = stage.freePort();
        Wrk wrk = new Wrk(stage.directory(), PREFIX, games);
        try (Nginx nginx = Nginx.serve(stage.publicDirectory("nginx"), body, nginxPort)) {
            stage.await(
                    "constant and nginx answer",
                    () -> get(constantPort, PREFIX + "1").length == body.length
                            && get(nginxPort, PREFIX + "1").length == body.length);
            double[] view = new double[rounds];
            double[] toConstant = new double[rounds];
            double[] toNginx = new double[rounds];
            double[] constant = new double[rounds];
            double[] static_ = new double[rounds];
            for (int warm : new int[] {port, constantPort, nginxPort}) {
                warmUp(stage, wrk, warm);
            }
            for (int i = 0; i < rounds; i++) {
                view[i] = wrk.requestsPerSecond(port, Duration.ofSeconds(seconds));
                constant[i] = wrk.requestsPerSecond(constantPort, Duration.ofSeconds(seconds));
                static_[i] = wrk.requestsPerSecond(nginxPort, Duration.ofSeconds(seconds));
                toConstant[i] = view[i] / constant[i];
                toNginx[i] = view[i] / static_[i];
                stage.say("round " + (i + 1) + ": view " + (long) view[i] + ", constant " + (long) constant[i]
                        + ", nginx " + (long) static_[i] + " requests/s");
            }
            report.add(Figure.plain("body", body.length, "B"));
            report.add(Figure.plain("point reads of random keys, median", median(view), "req/s"));
            report.add(Figure.plain("same server, constant body", median(constant), "req/s"));
            report.add(Figure.plain("nginx, the same body from a file", median(static_), "req/s"));
            report.add(Figure.atLeast("point reads / constant body, median of rounds", median(toConstant), 0.7, ""));
            report.add(Figure.plain("point reads / nginx, median of rounds", median(toNginx), ""));
            return median(view);
        }
    }

    /** Until it gets no faster: compilers, and merges of an index that has just been built, take turns with the requests. */
    private void warmUp(BenchStage stage, Wrk wrk, int port) throws IOException, InterruptedException {
        double before = 0;
        double now = wrk.requestsPerSecond(port, Duration.ofSeconds(seconds));
        for (int i = 0; i < MOST_WARM_UPS && now > before * STEADY; i++) {
            before = now;
            now = wrk.requestsPerSecond(port, Duration.ofSeconds(seconds));
        }
        stage.say("warm at " + (long) now + " requests/s");
    }

    private void latency(BenchReport report, BenchStage stage, int port, int perSecond) throws IOException {
        stage.say("open loop at " + perSecond + " requests/s");
        OpenLoopHttp load = new OpenLoopHttp();
        load.run(HOST, port, this::randomPath, perSecond, WARM);
        OpenLoopHttp.Result result =
                load.run(HOST, port, this::randomPath, perSecond, Duration.ofSeconds(2L * seconds));
        report.add(Figure.plain("open loop at half that rate", perSecond, "req/s"));
        report.add(Figure.plain("latency p50", result.latencies().p50(), "ms"));
        report.add(Figure.atMost("latency p99", result.latencies().p99(), 10, "ms"));
        report.add(Figure.plain("latency, the highest", result.latencies().max(), "ms"));
        report.add(Figure.atMost("failed or unanswered", result.failed() + result.unanswered(), 0, "requests"));
    }

    private String randomPath() {
        return PREFIX + ThreadLocalRandom.current().nextInt(games);
    }

    static byte[] get(int port, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return answer.body();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
