package io.gamestream.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.acceptance.Product.Answer;
import io.gamestream.local.load.LoadSummary;
import io.gamestream.local.load.SteamLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From a COMMIT to the HTTP answer, through every service, on real input. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FromCommitToHttpIT {

    private static final Duration CAUGHT_UP = Duration.ofMinutes(2);
    private static final Duration LOADED = Duration.ofMinutes(10);
    private static final int ORDERS = 129_511;

    private static Product product;

    @BeforeAll
    static void start() throws Exception {
        product = Product.shared();
    }

    @Test
    @Order(1)
    void aNewGameIsReadFoundAndGoneAgain() throws Exception {
        // The bounds below are of a product that runs: its first search loads an index's classes, on a machine that has
        // just started all services.
        execute("INSERT INTO catalog.games (id, title, genres, price_minor) VALUES"
                + " ('acc-0', 'Prélude', ARRAY['Puzzle'], 1999)");
        await().atMost(CAUGHT_UP)
                .untilAsserted(() -> assertThat(found("prelude")).contains("acc-0"));

        execute("INSERT INTO catalog.games (id, title, genres, price_minor) VALUES"
                + " ('acc-1', 'Château d''Été', ARRAY['Puzzle'], 1999)");
        await().atMost(CAUGHT_UP).until(() -> product.get("/v1/games/acc-1").status() == 200);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(found("chateau+d+ete")).contains("acc-1"));

        execute("UPDATE catalog.games SET price_minor = 1499 WHERE id = 'acc-1'");
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(product.get("/v1/games/acc-1")
                        .body()
                        .at("/price/amountMinor")
                        .asLong())
                .isEqualTo(1499));

        execute("DELETE FROM catalog.games WHERE id = 'acc-1'");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> product.get("/v1/games/acc-1").status() == 404);
    }

    private static List<String> found(String query) throws Exception {
        return product.get("/v1/games/search?q=" + query).body().findValuesAsText("id");
    }

    @Test
    @Order(2)
    void aReadThatBringsThePositionOfAWriteSeesTheWrite() throws Exception {
        execute("INSERT INTO identity.users (id, handle) VALUES ('ryw', 'writer 0')");
        for (int i = 1; i <= 25; i++) {
            String position = writeHandle("writer " + i);
            Answer answer = product.get("/v1/users/ryw", "Backbone-Position", position, "Backbone-Wait-Ms", "10000");
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            assertThat(answer.body().at("/handle").asText()).isEqualTo("writer " + i);
        }
    }

    @Test
    @Order(3)
    void aLibraryReadThatBringsThePositionOfThePurchaseHoldsTheGame() throws Exception {
        for (int i = 1; i <= 5; i++) {
            String position;
            try (Connection connection = product.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO payments.orders (id, user_id, status, lines, total_minor) VALUES ('ryw-"
                        + i + "', 'ryw', 'PAID', '[{\"gameId\": \"g" + i
                        + "\", \"quantity\": 1, \"unitPriceMinor\": 100}]', 100)");
                connection.commit();
                position = position(statement);
            }
            Answer answer =
                    product.get("/v1/users/ryw/library", "Backbone-Position", position, "Backbone-Wait-Ms", "10000");
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            assertThat(answer.body().findValuesAsText("gameId")).contains("g" + i);
        }
    }

    @Test
    @Order(4)
    void theSteamDataSetIsAnsweredAsItsFilesCountIt() throws Exception {
        Path directory = Path.of(System.getProperty("data.dir")).resolve("steam-200k");
        Assumptions.assumeTrue(Files.isDirectory(directory), "no " + directory);
        SteamFiles files = new SteamFiles(directory);
        LoadSummary summary = new SteamLoad(
                        product.stack().postgres(),
                        product.stack().kafka(),
                        product.stack().registry(),
                        new SilentProgress())
                .run(directory);
        assertThat(summary.holds()).as(summary.table()).isTrue();

        awaitUnitsOf(files);
        JsonNode found = product.get("/v1/games/search?q=skyrim").body().at("/items/0");
        assertThat(found.at("/title").asText()).isEqualTo("The Elder Scrolls V Skyrim");
        assertThat(found.at("/id").asText()).isEqualTo("1");
        for (String user : someUsers(files)) {
            await().atMost(CAUGHT_UP).untilAsserted(() -> assertThat(library(user))
                    .as("library of user %s", user)
                    .isEqualTo(files.owned().get(user)));
        }
    }

    @Test
    @Order(5)
    void killedServicesComeBackAndNothingIsLostOrCountedTwice() throws Exception {
        Map<String, Long> before = bestsellers();
        execute("INSERT INTO catalog.games (id, title, price_minor) VALUES ('kill', 'Sold Under Fire', 100)");
        for (String service : List.of("cdc", "catalog", "serving-api")) {
            execute("INSERT INTO payments.orders (id, user_id, status, lines, total_minor)"
                    + " SELECT 'kill-" + service + "-' || i, 'kill-' || i % 7, 'PAID',"
                    + " '[{\"gameId\": \"kill\", \"quantity\": 1, \"unitPriceMinor\": 100}]', 100"
                    + " FROM generate_series(1, 1000) AS i");
            product.kill(service);
            product.awaitReady();
        }
        execute("UPDATE payments.orders SET status = 'REFUNDED' WHERE id LIKE 'kill-cdc-%'");
        await().atMost(CAUGHT_UP)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(bestsellers().get("kill")).isEqualTo(2000));
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bestsellers().get("kill")).isEqualTo(2000));
        Map<String, Long> after = bestsellers();
        after.remove("kill");
        assertThat(before).as("units of all other games").containsAllEntriesOf(after);
    }

    private static String writeHandle(String handle) throws Exception {
        try (Connection connection = product.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE identity.users SET handle = '" + handle + "' WHERE id = 'ryw'");
            connection.commit();
            return position(statement);
        }
    }

    private static String position(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT 'pg:' || pg_current_wal_lsn()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = product.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, Long> bestsellers() throws Exception {
        Map<String, Long> units = new HashMap<>();
        Answer answer = product.get("/v1/games/bestsellers?limit=50");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        for (JsonNode row : answer.body().at("/items")) {
            units.put(row.at("/id").asText(), row.at("/units").asLong());
        }
        return units;
    }

    /**
     * Waits while the numbers move: how fast they do is the machine's affair and the benches' (a slow one takes three
     * minutes, and sales may wait for one of them behind the orders that they come from), but they may not stop short of
     * what the files say, and ten minutes are enough for any.
     */
    private static void awaitUnitsOf(SteamFiles files) throws Exception {
        long until = System.nanoTime() + LOADED.toNanos();
        Map<String, Long> answered = bestsellers();
        while (!answered.equals(topUnits(files, answered))) {
            assertThat(System.nanoTime()).as("moves for %s", LOADED).isLessThan(until);
            Map<String, Long> still = answered;
            await().atMost(CAUGHT_UP).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(bestsellers())
                    .as("stands still, where the files say %s", topUnits(files, still))
                    .isNotEqualTo(still));
            answered = bestsellers();
        }
    }

    /** What the files say of the games in the answer, where these are as many as the files' own best. */
    private static Map<String, Long> topUnits(SteamFiles files, Map<String, Long> answered) {
        List<Map.Entry<String, Long>> all = new ArrayList<>(files.units().entrySet());
        all.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        long least = all.get(49).getValue();
        Map<String, Long> expected = new HashMap<>();
        all.stream()
                .filter(game -> game.getValue() > least)
                .forEach(game -> expected.put(game.getKey(), game.getValue()));
        // Among those that sold exactly as much as the fiftieth, which ones are shown is the answer's to decide.
        answered.forEach((game, units) -> {
            if (files.units().getOrDefault(game, 0L) == least) {
                expected.put(game, least);
            }
        });
        assertThat(files.units().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(ORDERS);
        return expected;
    }

    private static List<String> someUsers(SteamFiles files) {
        List<String> users = new ArrayList<>(List.of("1", "2", "3", "12393"));
        users.add(files.owned().entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .orElseThrow()
                .getKey());
        return users;
    }

    private static Set<String> library(String user) throws Exception {
        Set<String> games = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = product.get("/v1/users/" + user + "/library?limit=100" + cursor)
                    .body();
            games.addAll(page.findValuesAsText("gameId"));
            JsonNode next = page.path("nextCursor");
            cursor = next.isMissingNode() || next.isNull() ? "" : "&cursor=" + Product.encode(next.asText());
        } while (!cursor.isEmpty());
        return games;
    }
}
