package io.gamestream.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answers that the product must give, counted from the data set's files by the simplest code that can do it. */
final class SteamFiles {

    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, Set<String>> owned = new HashMap<>();
    private final Map<String, Long> units = new HashMap<>();

    SteamFiles(Path directory) throws IOException {
        for (String[] line : lines(directory.resolve("item_info.dat"))) {
            titles.put(line[0], line[1]);
        }
        for (String[] line : lines(directory.resolve("game_purchase.dat"))) {
            owned.computeIfAbsent(line[0], user -> new HashSet<>()).add(line[1]);
            units.merge(line[1], 1L, Long::sum);
        }
    }

    Map<String, String> titles() {
        return titles;
    }

    /** Games by user. */
    Map<String, Set<String>> owned() {
        return owned;
    }

    /** Purchases by game. */
    Map<String, Long> units() {
        return units;
    }

    private static List<String[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
