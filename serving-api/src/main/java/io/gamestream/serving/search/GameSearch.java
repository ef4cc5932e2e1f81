package io.gamestream.serving.search;

import io.gamestream.serving.search.Bestsellers.Rank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Answers questions from the catalogue's index. Safe for use by several threads; each call works on the index as of its start. */
final class GameSearch {

    private static final Sort BY_SCORE =
            new Sort(SortField.FIELD_SCORE, new SortField(GameDocument.ID, SortField.Type.STRING));

    private final CatalogIndex index;

    GameSearch(CatalogIndex index) {
        this.index = index;
    }

    /**
     * The games whose titles match best.
     *
     * @param after of the page before, by the same query; null for the first page
     */
    GamePage search(String text, GameFilter filter, int limit, @Nullable Cursor after, int request) throws IOException {
        TitleQuery titles = TitleQuery.parse(text);
        return withSearcher(searcher -> {
            if (after != null) {
                Strictness strictness = after.strictness();
                FieldDoc last = after(after, after.score());
                return page(searcher, titles, strictness, filter, limit, last, request);
            }
            GamePage page = null;
            for (Strictness strictness : Strictness.values()) {
                page = page(searcher, titles, strictness, filter, limit, null, request);
                if (page.total() > 0) {
                    return page;
                }
            }
            return new GamePage(List.of(), 0, Map.of(), null, null);
        });
    }

    /** All games that pass, in order. */
    GamePage list(GameFilter filter, GameSort.Order order, int limit, @Nullable Cursor after, int request)
            throws IOException {
        Sort sort = order.sort(index.games());
        FieldDoc last = after == null
                ? null
                : after(after, after.kind() == Cursor.Kind.TEXT ? new BytesRef(after.text()) : (Object) after.number());
        return withSearcher(searcher -> {
            Query query = filter.query();
            GenreCounts.Result counts = searcher.search(query, GenreCounts.manager());
            TopDocs top = searcher.search(query, new TopFieldCollectorManager(sort, limit + 1, last, 1));
            return page(searcher, top, limit, counts, null, doc -> listCursor(doc, request));
        });
    }

    /** The games that sold most, exactly. Games without a sale are not on the list. */
    GamePage bestsellers(@Nullable String genre, int limit, @Nullable Cursor after, int request) throws IOException {
        Rank last = after == null ? null : new Rank(after.number(), after.id());
        List<Rank> ranks = index.bestsellers().top(genre, last, limit + 1);
        return withSearcher(searcher -> {
            List<GamePage.Item> items = new ArrayList<>();
            for (Rank rank : ranks.subList(0, Math.min(limit, ranks.size()))) {
                String json = json(searcher, rank.id());
                if (json != null) {
                    items.add(new GamePage.Item(json, rank.units()));
                }
            }
            Rank end = ranks.size() > limit ? ranks.get(limit - 1) : null;
            Cursor next = end == null ? null : Cursor.number(request, end.units(), end.id());
            return new GamePage(items, items.size(), Map.of(), null, next);
        });
    }

    private GamePage page(
            IndexSearcher searcher,
            TitleQuery titles,
            Strictness strictness,
            GameFilter filter,
            int limit,
            @Nullable FieldDoc after,
            int request)
            throws IOException {
        Query words = titles.query(strictness);
        // Counted without the genres that are asked for: a reader who has chosen one wants to see the others.
        GenreCounts.Result facets =
                searcher.search(both(words, filter.withoutGenres().query()), GenreCounts.manager());
        GenreCounts.Result counts = filter.genres().isEmpty()
                ? facets
                : searcher.search(both(words, filter.query()), GenreCounts.manager());
        if (counts.total() == 0) {
            return new GamePage(List.of(), 0, facets.byGenre(), strictness, null);
        }
        Query ranked = new FunctionScoreQuery(
                both(words, filter.query()),
                new Ranking(index.games(), titles.words().size()));
        TopDocs top = searcher.search(ranked, new TopFieldCollectorManager(BY_SCORE, limit + 1, after, 1));
        GenreCounts.Result shown = new GenreCounts.Result(counts.total(), facets.byGenre());
        return page(
                searcher,
                top,
                limit,
                shown,
                strictness,
                doc -> Cursor.score(request, (Float) doc.fields[0], strictness, text(doc.fields[1])));
    }

    private GamePage page(
            IndexSearcher searcher,
            TopDocs top,
            int limit,
            GenreCounts.Result counts,
            @Nullable Strictness matched,
            CursorOf cursorOf)
            throws IOException {
        List<GamePage.Item> items = new ArrayList<>(limit);
        int count = Math.min(limit, top.scoreDocs.length);
        for (ScoreDoc doc : List.of(top.scoreDocs).subList(0, count)) {
            items.add(item(searcher, doc.doc));
        }
        Cursor next = top.scoreDocs.length > limit ? cursorOf.at((FieldDoc) top.scoreDocs[limit - 1]) : null;
        return new GamePage(items, counts.total(), counts.byGenre(), matched, next);
    }

    private GamePage.Item item(IndexSearcher searcher, int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        int inLeaf = doc - leaf.docBase;
        NumericDocValues slots = DocValues.getNumeric(leaf.reader(), GameDocument.SLOT);
        long units = slots.advanceExact(inLeaf) ? index.games().units((int) slots.longValue()) : 0;
        return new GamePage.Item(json(leaf, inLeaf), units);
    }

    private static @Nullable String json(IndexSearcher searcher, String id) throws IOException {
        TopDocs found = searcher.search(new TermQuery(new Term(GameDocument.ID, id)), 1);
        if (found.scoreDocs.length == 0) {
            return null;
        }
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int doc = found.scoreDocs[0].doc;
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        return json(leaf, doc - leaf.docBase);
    }

    private static String json(LeafReaderContext leaf, int doc) throws IOException {
        BinaryDocValues values = DocValues.getBinary(leaf.reader(), GameDocument.JSON);
        if (!values.advanceExact(doc)) {
            throw new IllegalStateException("document " + doc + " without its game: it is added with it");
        }
        return values.binaryValue().utf8ToString();
    }

    /** Behind any document of the same value and id, of which there is one. */
    private static FieldDoc after(Cursor cursor, Object value) {
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {value, new BytesRef(cursor.id())});
    }

    private static Query both(Query words, Query filter) {
        return new BooleanQuery.Builder()
                .add(words, Occur.MUST)
                .add(filter, Occur.FILTER)
                .build();
    }

    private static Cursor listCursor(FieldDoc doc, int request) {
        Object value = doc.fields[0];
        String id = text(doc.fields[1]);
        return value instanceof Long number
                ? Cursor.number(request, number, id)
                : Cursor.text(request, text(value), id);
    }

    private static String text(@Nullable Object value) {
        return value instanceof BytesRef bytes ? bytes.utf8ToString() : "";
    }

    private <T> T withSearcher(Work<T> work) throws IOException {
        IndexSearcher searcher = index.searchers().acquire();
        try {
            return work.on(searcher);
        } finally {
            index.searchers().release(searcher);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(IndexSearcher searcher) throws IOException;
    }

    @FunctionalInterface
    private interface CursorOf {
        Cursor at(FieldDoc last);
    }
}
