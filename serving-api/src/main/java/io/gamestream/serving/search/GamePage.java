package io.gamestream.serving.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of games.
 *
 * @param total hits on all pages
 * @param genres how many hits there would be in each genre
 * @param matched how near the hits are to the query; null for lists without a query
 * @param next where the next page starts; null where this is the last
 */
record GamePage(
        List<Item> items,
        int total,
        Map<String, Integer> genres,
        @Nullable Strictness matched,
        @Nullable Cursor next) {

    /**
     * A game on a page.
     *
     * @param members of the game's JSON object as the point read has them, without the opening brace
     */
    record Item(String members, long units) {}
}
