package io.gamestream.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

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
                    .computeIfAbsent(
                            LevenshteinDistance.getDefaultInstance().apply(typed, name), distance -> new TreeSet<>())
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
}
