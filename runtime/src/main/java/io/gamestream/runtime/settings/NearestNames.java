package io.gamestream.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The names that somebody may have meant who has typed another one. */
final class NearestNames {

    /** A longer list helps nobody. */
    private static final int MOST = 3;

    private NearestNames() {}

    /**
     * Those that fewest single-letter mistakes lead to.
     *
     * @return in the alphabet's order; empty where nothing is near: two mistakes, or one in six letters
     */
    static List<String> of(String typed, Collection<String> names) {
        Map<Integer, TreeSet<String>> byDistance = new TreeMap<>();
        for (String name : names) {
            byDistance
                    .computeIfAbsent(distance(typed, name), distance -> new TreeSet<>())
                    .add(name);
        }
        int limit = Math.max(2, typed.length() / 6);
        return byDistance.entrySet().stream()
                .limit(1)
                .filter(nearest -> nearest.getKey() <= limit)
                .flatMap(nearest -> nearest.getValue().stream())
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's: letters added, left out or exchanged. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
