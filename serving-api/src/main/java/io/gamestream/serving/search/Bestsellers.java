package io.gamestream.serving.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The games by units sold, of all and of each genre: always sorted, so that the first hundred of a million cost nothing to find.
 * Equal units are ordered by id. Safe for use by several threads.
 */
final class Bestsellers {

    private static final Comparator<Rank> ORDER =
            Comparator.comparingLong(Rank::units).reversed().thenComparing(Rank::id);

    private final NavigableSet<Rank> all = new TreeSet<>(ORDER);
    private final Map<String, NavigableSet<Rank>> byGenre = new HashMap<>();

    /** What a game is sorted by. */
    record Rank(long units, String id) {}

    /** Where a game is listed. Without a sale it is listed nowhere. */
    record Place(long units, List<String> genres) {

        static final Place NOWHERE = new Place(0, List.of());
    }

    /** Takes a game from its old place to its new one, in one step for readers. */
    synchronized void move(String id, Place from, Place to) {
        if (from.units > 0) {
            Rank rank = new Rank(from.units, id);
            all.remove(rank);
            from.genres.forEach(genre -> leave(Folding.key(genre), rank));
        }
        if (to.units > 0) {
            Rank rank = new Rank(to.units, id);
            all.add(rank);
            to.genres.forEach(genre -> byGenre.computeIfAbsent(Folding.key(genre), g -> new TreeSet<>(ORDER))
                    .add(rank));
        }
    }

    /**
     * A page of the list.
     *
     * @param genre in any case; null for all
     * @param after the last one of the page before; null for the first page
     */
    synchronized List<Rank> top(@Nullable String genre, @Nullable Rank after, int limit) {
        NavigableSet<Rank> ranks =
                genre == null ? all : byGenre.getOrDefault(Folding.key(genre), Collections.emptyNavigableSet());
        List<Rank> page = new ArrayList<>(limit);
        for (Rank rank : after == null ? ranks : ranks.tailSet(after, false)) {
            if (page.size() == limit) {
                break;
            }
            page.add(rank);
        }
        return page;
    }

    private void leave(String genre, Rank rank) {
        NavigableSet<Rank> ranks = byGenre.get(genre);
        if (ranks != null && ranks.remove(rank) && ranks.isEmpty()) {
            byGenre.remove(genre);
        }
    }
}
