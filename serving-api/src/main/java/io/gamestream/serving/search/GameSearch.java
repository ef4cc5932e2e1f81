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
import org.apache.lucene.search.MatchAllDocsQuery;
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

    /** The games whose titles match best. */
    GamePage search(SearchRequest request) throws IOException {
        TitleQuery titles = TitleQuery.parse(request.query());
        Cursor after = request.after();
        return withSearcher(searcher -> {
            if (after != null) {
                return matching(searcher, titles, after.strictness(), request);
            }
            for (Strictness strictness : titles.strictnesses()) {
                GamePage page = matching(searcher, titles, strictness, request);
                if (page.total() > 0) {
                    return page;
                }
            }
            return new GamePage(List.of(), 0, Map.of(), null, null);
        });
    }

    /** All games that pass, in order. */
    GamePage list(SearchRequest request) throws IOException {
        Sort sort = request.order().sort(index.games());
        Cursor after = request.after();
        FieldDoc last = after == null
                ? null
                : after(after, after.kind() == Cursor.Kind.TEXT ? new BytesRef(after.text()) : (Object) after.number());
        return withSearcher(searcher -> {
            GenreCounts.Result counts = counts(searcher, new MatchAllDocsQuery(), request.filter());
            TopDocs top = searcher.search(
                    request.filter().query(), new TopFieldCollectorManager(sort, request.limit() + 1, last, 1));
            return page(searcher, top, request.limit(), counts, null, doc -> listCursor(doc, request.hash()));
        });
    }

    /** The games that sold most, exactly. Games without a sale are not on the list. */
    GamePage bestsellers(SearchRequest request) throws IOException {
        Cursor after = request.after();
        Rank last = after == null ? null : new Rank(after.number(), after.id());
        List<String> genres = request.filter().genres();
        int limit = request.limit();
        List<Rank> ranks = index.bestsellers().top(genres.isEmpty() ? null : genres.get(0), last, limit + 1);
        return withSearcher(searcher -> {
            List<GamePage.Item> items = new ArrayList<>();
            for (Rank rank : ranks.subList(0, Math.min(limit, ranks.size()))) {
                String members = members(searcher, rank.id());
                if (members != null) {
                    items.add(new GamePage.Item(members, rank.units()));
                }
            }
            Rank end = ranks.size() > limit ? ranks.get(limit - 1) : null;
            Cursor next = end == null ? null : Cursor.number(request.hash(), end.units(), end.id());
            return new GamePage(items, items.size(), Map.of(), null, next);
        });
    }

    private GamePage matching(IndexSearcher searcher, TitleQuery titles, Strictness strictness, SearchRequest request)
            throws IOException {
        // Once for the counts and the page: looking up what is nearly a word costs more than all the rest.
        Query words = searcher.rewrite(titles.query(strictness));
        GenreCounts.Result counts = counts(searcher, words, request.filter());
        if (counts.total() == 0) {
            return new GamePage(List.of(), 0, counts.byGenre(), strictness, null);
        }
        Query ranked = new FunctionScoreQuery(
                both(words, request.filter()),
                new Ranking(index.games(), titles.words().size()));
        Cursor after = request.after();
        FieldDoc last = after == null ? null : after(after, after.score());
        TopDocs top = searcher.search(ranked, new TopFieldCollectorManager(BY_SCORE, request.limit() + 1, last, 1));
        return page(searcher, top, request.limit(), counts, strictness, doc -> {
            float score = (Float) doc.fields[0];
            return Cursor.score(request.hash(), score, strictness, text(doc.fields[1]));
        });
    }

    /** Genres are counted without the ones that are asked for: a reader who has chosen some wants to see the others. */
    private static GenreCounts.Result counts(IndexSearcher searcher, Query query, GameFilter filter)
            throws IOException {
        GenreCounts.Result all = searcher.search(both(query, filter.withoutGenres()), GenreCounts.manager());
        if (filter.genres().isEmpty()) {
            return all;
        }
        return new GenreCounts.Result(searcher.count(both(query, filter)), all.byGenre());
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
        return new GamePage.Item(members(leaf, inLeaf), units);
    }

    private static @Nullable String members(IndexSearcher searcher, String id) throws IOException {
        TopDocs found = searcher.search(new TermQuery(new Term(GameDocument.ID, id)), 1);
        if (found.scoreDocs.length == 0) {
            return null;
        }
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        int doc = found.scoreDocs[0].doc;
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        return members(leaf, doc - leaf.docBase);
    }

    private static String members(LeafReaderContext leaf, int doc) throws IOException {
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

    private static Query both(Query query, GameFilter filter) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(filter.query(), Occur.FILTER)
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
