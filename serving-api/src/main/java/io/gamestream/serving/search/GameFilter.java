package io.gamestream.serving.search;

import java.time.LocalDate;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which games to list; null and empty mean all. Texts are compared without case and accents.
 *
 * @param genres a game must have one of them
 * @param status of the game; {@link #ACTIVE} unless somebody asks for others
 * @param priceMin in minor units, inclusive
 * @param priceMax in minor units, inclusive
 * @param releasedAfter this day or later
 * @param releasedBefore earlier than this day, so that two neighbouring ranges share no game
 */
record GameFilter(
        List<String> genres,
        @Nullable String status,
        @Nullable String gpuClass,
        @Nullable String currency,
        @Nullable String developer,
        @Nullable Long priceMin,
        @Nullable Long priceMax,
        @Nullable LocalDate releasedAfter,
        @Nullable LocalDate releasedBefore) {

    /** The status of a game that can be bought and played. */
    static final String ACTIVE = "ACTIVE";

    GameFilter {
        genres = List.copyOf(genres);
    }

    static GameFilter of(@Nullable String status, List<String> genres) {
        return new GameFilter(genres, status, null, null, null, null, null, null, null);
    }

    GameFilter withoutGenres() {
        return new GameFilter(
                List.of(), status, gpuClass, currency, developer, priceMin, priceMax, releasedAfter, releasedBefore);
    }

    /** What passes; matches everything where nothing is asked for. */
    Query query() {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        if (!genres.isEmpty()) {
            List<BytesRef> any = genres.stream()
                    .map(genre -> new BytesRef(GameDocument.term(Folding.key(genre))))
                    .toList();
            all.add(new TermInSetQuery(GameDocument.GENRE, any), Occur.FILTER);
        }
        keyword(all, GameDocument.STATUS, status);
        keyword(all, GameDocument.GPU_CLASS, gpuClass);
        keyword(all, GameDocument.CURRENCY, currency);
        keyword(all, GameDocument.DEVELOPER, developer);
        range(all, GameDocument.PRICE, priceMin, priceMax);
        range(
                all,
                GameDocument.RELEASED,
                releasedAfter == null ? null : releasedAfter.toEpochDay(),
                releasedBefore == null ? null : releasedBefore.toEpochDay() - 1);
        BooleanQuery query = all.build();
        return query.clauses().isEmpty() ? new MatchAllDocsQuery() : query;
    }

    private static void keyword(BooleanQuery.Builder all, String field, @Nullable String value) {
        if (value != null) {
            all.add(new TermQuery(new Term(field, GameDocument.term(Folding.key(value)))), Occur.FILTER);
        }
    }

    private static void range(BooleanQuery.Builder all, String field, @Nullable Long from, @Nullable Long to) {
        if (from != null || to != null) {
            all.add(
                    LongPoint.newRangeQuery(
                            field, from == null ? Long.MIN_VALUE : from, to == null ? Long.MAX_VALUE : to),
                    Occur.FILTER);
        }
    }
}
