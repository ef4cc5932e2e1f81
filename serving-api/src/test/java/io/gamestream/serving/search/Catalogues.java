package io.gamestream.serving.search;

import io.gamestream.schemas.views.GameView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Catalogues for tests: single games, and the 5,155 real titles of the Steam data set with their real sales. */
final class Catalogues {

    static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private Catalogues() {}

    static SearchSettings settings(Path directory) {
        return new SearchSettings(directory.toString(), Duration.ofMillis(20), 16, 2, 16, 200);
    }

    /** An index whose answers show a game as its title in quotes. */
    static CatalogIndex open(Path directory) {
        try {
            return CatalogIndex.open(
                    settings(directory), game -> ("\"" + game.getTitle() + "\"").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GameView game(String id, String title, String... genres) {
        return game(id, title, 1, genres);
    }

    static GameView game(String id, String title, long version, String... genres) {
        return GameView.newBuilder()
                .setId(id)
                .setTitle(title)
                .setGenres(List.of(genres))
                .setPriceMinor(1999)
                .setCurrency("EUR")
                .setGpuClass("STANDARD")
                .setStatus("ACTIVE")
                .setCreatedAt(SOME_TIME)
                .setUpdatedAt(SOME_TIME)
                .setVersion(version)
                .build();
    }

    /** Skips the test where the data set is missing. */
    static Map<String, String> steamTitles() {
        Map<String, String> titles = new HashMap<>();
        lines("item_info.dat").forEach(line -> {
            String[] columns = line.split("\t", 2);
            titles.put(columns[0], columns[1].strip());
        });
        return titles;
    }

    /** Purchases by game. */
    static Map<String, Long> steamUnits() {
        Map<String, Long> units = new HashMap<>();
        lines("game_purchase.dat").forEach(line -> units.merge(line.split("\t", 3)[1], 1L, Long::sum));
        return units;
    }

    private static List<String> lines(String file) {
        Path path = Path.of(System.getProperty("data.dir", "missing"), "steam-200k", file);
        Assumptions.assumeTrue(Files.exists(path), path + " is missing");
        try {
            List<String> all = Files.readAllLines(path, StandardCharsets.UTF_8);
            return all.subList(1, all.size()).stream()
                    .filter(line -> line.contains("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
