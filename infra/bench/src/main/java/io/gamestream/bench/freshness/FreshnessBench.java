package io.gamestream.bench.freshness;

import io.gamestream.bench.BenchStage;
import io.gamestream.bench.load.HttpWatcher;
import io.gamestream.bench.load.Latencies;
import io.gamestream.bench.load.PacedTransactions;
import io.gamestream.bench.report.BenchReport;
import io.gamestream.bench.report.Figure;
import io.gamestream.local.stack.Part;
import io.gamestream.runtime.connection.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a price change takes from COMMIT to the HTTP answer, and then a new title until the search finds it, at a steady rate of changes. */
@Command(
        name = "freshness",
        description =
                "COMMIT -> visible through HTTP, then COMMIT -> found by the search, at a steady rate of changes, all services on"
                        + " this machine.",
        mixinStandardHelpOptions = true)
public final class FreshnessBench implements Callable<Integer> {

    private static final int WRITERS = 4;

    /** At 2 ms and 3 % of what is late, the watcher sent 2,000 requests a second for twenty changes. */
    private static final Duration GAME_GRAIN = Duration.ofMillis(4);

    /**
     * A search for what isn't there yet looks for words that are nearly so, in all of the catalogue: milliseconds of a core. At 4 ms,
     * two titles a second were 80 of these.
     */
    private static final Duration SEARCH_GRAIN = Duration.ofMillis(50);

    @Option(names = "--games", description = "Games in the catalogue (default: ${DEFAULT-VALUE}).")
    int games = 20_000;

    @Option(names = "--rate", description = "Changes per second (default: ${DEFAULT-VALUE}).")
    int rate = 1_000;

    @Option(names = "--sample", description = "Every how manyth change is watched (default: ${DEFAULT-VALUE}).")
    int sample = 50;

    @Option(
            names = "--search-sample",
            description = "Every how manyth change is a new title, and looked for (default: ${DEFAULT-VALUE}).")
    int searchSample = 500;

    @Option(
            names = "--seconds",
            description = "Length of the reads, and again of the searches (default: ${DEFAULT-VALUE}).")
    int seconds = 60;

    /** Four cold JVMs on two cores compile for two minutes before they are as fast as they stay. */
    @Option(names = "--warm-up", description = "Seconds of the same load before it (default: ${DEFAULT-VALUE}).")
    int warmUp = 120;

    @Override
    public Integer call() throws Exception {
        BenchReport report = new BenchReport("freshness");
        try (BenchStage stage = BenchStage.start(Part.KAFKA, Part.POSTGRES, Part.REGISTRY)) {
            insertGames(stage.postgres());
            stage.service("cdc");
            stage.service("catalog");
            int port = stage.service("serving-api");
            stage.awaitReady("cdc");
            stage.awaitReady("catalog");
            stage.awaitReady("serving-api");
            try (HttpWatcher watcher = new HttpWatcher("127.0.0.1", port, GAME_GRAIN);
                    HttpWatcher search = new HttpWatcher("127.0.0.1", port, SEARCH_GRAIN);
                    StageWatcher stages = new StageWatcher(stage.kafka())) {
                measure(report, stage, new Watchers(watcher, search), stages);
            }
        }
        return BenchStage.finish(report);
    }

    /** Of single games, and of what the search finds. */
    private record Watchers(HttpWatcher games, HttpWatcher titles) {

        long takeNeverSeen() {
            return games.takeNeverSeen() + titles.takeNeverSeen();
        }
    }

    private void measure(BenchReport report, BenchStage stage, Watchers watchers, StageWatcher stages)
            throws Exception {
        HttpWatcher watcher = watchers.games();
        PacedTransactions writer = new PacedTransactions(() -> connect(stage.postgres()), WRITERS);
        stage.say(warmUp + " s of warm-up, then " + rate + " changes/s for " + seconds + " s, every " + sample
                + "th watched");
        long warm = writer.run(
                        0,
                        rate,
                        Duration.ofSeconds(warmUp),
                        this::change,
                        (number, now) -> watch(watchers, number, now))
                .transactions();
        watcher.finish();
        watchers.titles().finish();
        writer.commits();
        watcher.answers();
        // Of cold processes: a price that was not seen before the next one came is not seen any more.
        long overwritten = watchers.takeNeverSeen();
        stages.facts();
        stages.views();
        PacedTransactions.Done done = writer.run(
                warm,
                rate,
                Duration.ofSeconds(seconds),
                this::change,
                (number, now) -> watchGame(watchers.games(), number, now));
        Latencies.Summary seen = watcher.finish();
        report.add(Figure.atLeast("one-row transactions committed", done.perSecond(), 0.98 * rate, "rows/s"));
        report.add(Figure.plain("warm-up before, under the same load", warmUp, "s"));
        report.add(Figure.plain("of these watched", seen.count(), "rows"));
        report.add(Figure.atMost("COMMIT -> visible through HTTP, p50", seen.p50(), 40, "ms"));
        report.add(Figure.atMost("COMMIT -> visible through HTTP, p99", seen.p99(), 150, "ms"));
        report.add(Figure.plain("COMMIT -> visible through HTTP, max", seen.max(), "ms"));
        stage("facts", stages.facts(), report);
        stage("views", stages.views(), report);
        Latencies.Summary commits = writer.commits();
        report.add(Figure.plain("limit: the COMMIT alone, p50", commits.p50(), "ms"));
        report.add(Figure.plain("limit: the COMMIT alone, p99", commits.p99(), "ms"));
        Latencies.Summary answers = watcher.answers();
        report.add(Figure.plain("limit: one GET of the watcher, p50", answers.p50(), "ms"));
        report.add(Figure.plain("limit: one GET of the watcher, p99", answers.p99(), "ms"));
        measureSearch(report, stage, watchers.titles(), writer, warm + done.transactions());
        report.add(Figure.atMost("changes not visible within 30 s", watchers.takeNeverSeen(), 0, "rows"));
        report.add(Figure.plain("the same in the warm-up", overwritten, "rows"));
    }

    /** After the reads, and without them: a search for what isn't there yet costs more than a hundred reads. */
    private void measureSearch(
            BenchReport report, BenchStage stage, HttpWatcher watcher, PacedTransactions writer, long first)
            throws Exception {
        stage.say("the same for " + seconds + " s, and every " + searchSample + "th title looked for");
        writer.run(
                first,
                rate,
                Duration.ofSeconds(seconds),
                this::change,
                (number, now) -> watchTitle(watcher, number, now));
        Latencies.Summary found = watcher.finish();
        report.add(Figure.plain("COMMIT of a new title -> found by the search, p50", found.p50(), "ms"));
        report.add(Figure.plain("COMMIT of a new title -> found by the search, p99", found.p99(), "ms"));
        report.add(Figure.atMost("COMMIT of a new title -> found by the search, max", found.max(), 1_000, "ms"));
    }

    private static void stage(String name, Latencies.Summary age, BenchReport report) {
        report.add(Figure.plain("on the way: COMMIT -> reader of the " + name + ", p50", age.p50(), "ms"));
        report.add(Figure.plain("on the way: COMMIT -> reader of the " + name + ", p99", age.p99(), "ms"));
    }

    private void watch(Watchers watchers, long number, long now) {
        watchGame(watchers.games(), number, now);
        watchTitle(watchers.titles(), number, now);
    }

    private void watchGame(HttpWatcher watcher, long number, long now) {
        if (number % sample == 0) {
            watcher.watch("/v1/games/" + number % games, "\"amountMinor\":" + price(number), now);
        }
    }

    private void watchTitle(HttpWatcher watcher, long number, long now) {
        if (number % searchSample == 0) {
            watcher.watch("/v1/games/search?q=" + word(number), '"' + title(number) + '"', now);
        }
    }

    private void change(Connection connection, long number) throws SQLException {
        boolean renames = number % searchSample == 0;
        try (PreparedStatement update = connection.prepareStatement("UPDATE catalog.games SET price_minor = ?,"
                + (renames ? " title = ?," : "") + " updated_at = now() WHERE id = ?")) {
            update.setLong(1, price(number));
            if (renames) {
                update.setString(2, title(number));
            }
            update.setString(renames ? 3 : 2, Long.toString(number % games));
            update.executeUpdate();
        }
    }

    private String title(long number) {
        return "Game " + number % games + " " + word(number);
    }

    /** In no other title. */
    private static String word(long number) {
        return "w" + price(number);
    }

    /** Never the same twice, nor a prefix of another. */
    private static long price(long number) {
        return 1_000_000_000L + number;
    }

    private void insertGames(PostgresSettings postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO catalog.games (id, title, price_minor, genres)"
                    + " SELECT i::text, 'Game ' || i, 999, ARRAY['Action'] FROM generate_series(0, " + (games - 1)
                    + ") AS i");
        }
    }

    private static Connection connect(PostgresSettings postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
