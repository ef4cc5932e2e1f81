package io.gamestream.local.load;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports the Steam-200k data set: users, games and purchases into Postgres, plays into Kafka. May be killed at any moment
 * and run again; a run that finds everything there changes nothing.
 */
public final class SteamLoad {

    private static final String NAME = "steam";

    private final PostgresSettings postgres;
    private final KafkaSettings kafka;
    private final RegistrySettings registry;
    private final LoadProgressView view;

    public SteamLoad(PostgresSettings postgres, KafkaSettings kafka, RegistrySettings registry, LoadProgressView view) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.registry = registry;
        this.view = view;
    }

    /**
     * Reads and checks the files, loads what is missing and counts what is there.
     *
     * @throws LoadException where the files are not as expected, or Postgres or Kafka can't be used
     */
    public LoadSummary run(Path dir) {
        SteamDataSet data = SteamReader.read(dir);
        Path csv = dir.resolve("steam-200k.csv");
        if (Files.exists(csv)) {
            SteamCsv.check(csv, data);
            view.say("The tables in " + dir + " and steam-200k.csv tell the same.");
        }
        List<LoadSummary.Row> rows = new ArrayList<>();
        try (PostgresLoad load = new PostgresLoad(postgres);
                ExactlyOnceLoad playLoad = new ExactlyOnceLoad(kafka, registry, NAME)) {
            playLoad.check();
            // Users and games come first: whoever reads an order can look up what it names.
            view.begin("users", data.users().size());
            long users = load.load(data.users(), SteamRows::user, BulkInsert::users, view);
            view.begin("games", data.games().size());
            long games = load.load(data.games(), SteamRows::game, BulkInsert::games, view);
            view.begin("orders", data.purchases().size());
            long orders = load.load(data.purchases(), SteamRows::order, BulkInsert::orders, view);
            rows.add(row("users", data.users().size(), users, load, "identity.users", userIds(data)));
            rows.add(row("games", data.games().size(), games, load, "catalog.games", gameIds(data)));
            rows.add(row("orders", data.purchases().size(), orders, load, "payments.orders", orderIds(data)));
            rows.add(plays(data, playLoad));
        }
        return new LoadSummary(rows);
    }

    private LoadSummary.Row plays(SteamDataSet data, ExactlyOnceLoad load) {
        view.begin("plays", data.plays().size());
        long added = load.load(data.playsDigest(), data.plays(), SteamRows::play, view)
                .added();
        view.begin("counting", data.plays().size());
        PlayCount count = load.count(SteamRows.ID_PREFIX);
        view.advance(count.plays());
        return new LoadSummary.Row("plays", data.plays().size(), added, count.plays(), count.distinct());
    }

    private static LoadSummary.Row row(
            String what, long expected, long added, PostgresLoad load, String table, List<String> ids) {
        long found = load.count(table, ids);
        return new LoadSummary.Row(what, expected, added, found, found);
    }

    private static List<String> userIds(SteamDataSet data) {
        return data.users().stream().map(user -> SteamRows.user(user).id()).toList();
    }

    private static List<String> gameIds(SteamDataSet data) {
        return data.games().stream().map(game -> SteamRows.game(game).id()).toList();
    }

    private static List<String> orderIds(SteamDataSet data) {
        return data.purchases().stream()
                .map(purchase -> SteamRows.order(purchase).id())
                .toList();
    }
}
