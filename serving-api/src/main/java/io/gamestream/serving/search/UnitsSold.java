package io.gamestream.serving.search;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LongValues;
import org.apache.lucene.search.LongValuesSource;

/** Exact units sold, as Lucene sorts by them: read from the table at the time of the search. */
final class UnitsSold extends LongValuesSource {

    private final GameTable games;

    UnitsSold(GameTable games) {
        this.games = games;
    }

    @Override
    public LongValues getValues(LeafReaderContext leaf, DoubleValues scores) throws IOException {
        NumericDocValues slots = DocValues.getNumeric(leaf.reader(), GameDocument.SLOT);
        return new LongValues() {

            @Override
            public long longValue() throws IOException {
                return games.units((int) slots.longValue());
            }

            @Override
            public boolean advanceExact(int doc) throws IOException {
                return slots.advanceExact(doc);
            }
        };
    }

    @Override
    public boolean needsScores() {
        return false;
    }

    @Override
    public LongValuesSource rewrite(IndexSearcher searcher) {
        return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
        return false;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(games);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitsSold that && that.games == games;
    }

    @Override
    public String toString() {
        return "units-sold";
    }
}
