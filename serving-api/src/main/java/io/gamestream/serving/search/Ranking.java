package io.gamestream.serving.search;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;

/**
 * How good a hit is: mostly how its words match, then how much of the title the query is, then how much it sells.
 *
 * <p>Units count by doublings, in steps of a quarter, so that a page and the next one agree although games are sold in between: a game
 * changes its score when its sales have grown by a fifth, not with each.
 */
final class Ranking extends DoubleValuesSource {

    /** A title that is all query beats one of which it is a tenth by less than an exact word beats a prefix. */
    private static final double BREVITY = 0.15;

    /** A thousand units are worth ten doublings: 0.3, less than an exact title, more than a shorter one. */
    private static final double DOUBLING = 0.03;

    private final GameTable games;
    private final int queryWords;

    Ranking(GameTable games, int queryWords) {
        this.games = games;
        this.queryWords = Math.max(1, queryWords);
    }

    @Override
    public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) throws IOException {
        NumericDocValues slots = DocValues.getNumeric(leaf.reader(), GameDocument.SLOT);
        NumericDocValues wordCounts = DocValues.getNumeric(leaf.reader(), GameDocument.WORD_COUNT);
        return new DoubleValues() {

            @Override
            public double doubleValue() throws IOException {
                long words = Math.max(1, wordCounts.longValue());
                double brevity = Math.min(1.0, (double) queryWords / words);
                long units = games.units((int) slots.longValue());
                return scores.doubleValue() / queryWords + BREVITY * brevity + DOUBLING * doublings(units);
            }

            @Override
            public boolean advanceExact(int doc) throws IOException {
                return slots.advanceExact(doc) && wordCounts.advanceExact(doc) && scores.advanceExact(doc);
            }
        };
    }

    /** In quarters. */
    private static double doublings(long units) {
        return Math.floor(4 * Math.log(1.0 + Math.max(0, units)) / Math.log(2)) / 4;
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
        return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
        return false;
    }

    @Override
    public int hashCode() {
        return Objects.hash(queryWords, System.identityHashCode(games));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranking that && that.queryWords == queryWords && that.games == games;
    }

    @Override
    public String toString() {
        return "ranking(" + queryWords + ")";
    }
}
