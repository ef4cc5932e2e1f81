package io.gamestream.serving.search;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * Counts all hits and the hits of each genre. Counts by ordinal within a segment and by name across them: there are dozens of genres, so
 * that costs less than the global ordinals that Lucene's own facets rebuild at every refresh.
 */
final class GenreCounts implements Collector {

    private final Map<String, Integer> counts = new HashMap<>();
    private int total;

    private GenreCounts() {}

    /** @param byGenre in no order, without genres that no hit has */
    record Result(int total, Map<String, Integer> byGenre) {}

    static CollectorManager<GenreCounts, Result> manager() {
        return new CollectorManager<>() {

            @Override
            public GenreCounts newCollector() {
                return new GenreCounts();
            }

            @Override
            public Result reduce(Collection<GenreCounts> parts) {
                Map<String, Integer> all = new HashMap<>();
                parts.forEach(part -> part.counts.forEach((genre, count) -> all.merge(genre, count, Integer::sum)));
                return new Result(parts.stream().mapToInt(part -> part.total).sum(), all);
            }
        };
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        SortedSetDocValues genres = DocValues.getSortedSet(leaf.reader(), GameDocument.GENRE_LABEL);
        int[] byOrdinal = new int[(int) genres.getValueCount()];
        return new LeafCollector() {

            @Override
            public void setScorer(Scorable scorer) {}

            @Override
            public void collect(int doc) throws IOException {
                total++;
                if (genres.advanceExact(doc)) {
                    for (int i = 0; i < genres.docValueCount(); i++) {
                        byOrdinal[(int) genres.nextOrd()]++;
                    }
                }
            }

            @Override
            public void finish() throws IOException {
                for (int ordinal = 0; ordinal < byOrdinal.length; ordinal++) {
                    if (byOrdinal[ordinal] > 0) {
                        counts.merge(genres.lookupOrd(ordinal).utf8ToString(), byOrdinal[ordinal], Integer::sum);
                    }
                }
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
