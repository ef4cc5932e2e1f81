package io.gamestream.serving.search;

import io.gamestream.schemas.views.GameView;
import io.gamestream.serving.search.Bestsellers.Place;
import java.io.IOException;
import java.util.function.Function;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as it is searched: documents in Lucene, units sold and titles on the heap. One thread changes it ({@link #put}, {@link
 * #delete}, {@link #setUnits}) and makes its changes visible ({@link #refresh}); any thread reads.
 */
final class CatalogIndex implements AutoCloseable {

    private final IndexDirectory files;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Function<GameView, byte[]> json;
    private final GameTable games = new GameTable();
    private final Bestsellers bestsellers = new Bestsellers();

    private CatalogIndex(
            IndexDirectory files, IndexWriter writer, SearcherManager searchers, Function<GameView, byte[]> json) {
        this.files = files;
        this.writer = writer;
        this.searchers = searchers;
        this.json = json;
    }

    /**
     * An empty index.
     *
     * @param json how answers show a game: the members of an object, without the opening brace
     */
    static CatalogIndex open(SearchSettings settings, Function<GameView, byte[]> json) throws IOException {
        IndexDirectory files = IndexDirectory.open(settings.directory());
        IndexWriterConfig config = new IndexWriterConfig(new KeywordAnalyzer())
                .setOpenMode(OpenMode.CREATE)
                .setRAMBufferSizeMB(settings.ramBufferMegabytes())
                .setMergePolicy(merges())
                // Nothing is ever recovered from these files.
                .setCommitOnClose(false);
        IndexWriter writer = new IndexWriter(files.directory(), config);
        return new CatalogIndex(files, writer, new SearcherManager(writer, new SearcherFactory()), json);
    }

    /**
     * The defaults are for indexes of gigabytes: all segments below 16 MB count as equally small, so that the whole catalogue
     * is written again with every eighth refresh, and again when a fifth of it has changed. At 1,000 changes/s merging was a
     * quarter of the service's samples.
     */
    private static MergePolicy merges() {
        return new TieredMergePolicy().setFloorSegmentMB(0.5).setDeletesPctAllowed(50);
    }

    GameTable games() {
        return games;
    }

    Bestsellers bestsellers() {
        return bestsellers;
    }

    SearcherManager searchers() {
        return searchers;
    }

    /** Takes a game unless this version of it, or a later one, is here already. */
    void put(GameView game) throws IOException {
        GameTable.Row row = games.row(game.getId());
        boolean present = games.isPresent(row);
        Place before = place(row);
        boolean active = GameFilter.ACTIVE.equalsIgnoreCase(game.getStatus());
        if (!games.put(row, game.getTitle(), game.getGenres(), active, game.getVersion())) {
            return;
        }
        Document document = GameDocument.of(game, row.slot(), json.apply(game));
        if (present) {
            writer.updateDocument(id(game.getId()), document);
        } else {
            // A rebuild is all of these, and a delete by term beside each document makes it half as fast.
            writer.addDocument(document);
        }
        bestsellers.move(row.id(), before, place(row));
    }

    /**
     * Removes a game, or remembers that it has been removed.
     *
     * @param version of the delete; null where the record doesn't say, and its place in the log has to do
     */
    void delete(String id, @Nullable Long version) throws IOException {
        GameTable.Row row = games.row(id);
        Place before = place(row);
        if (games.delete(row, version == null ? games.version(row) : version)) {
            writer.deleteDocuments(id(id));
            bestsellers.move(id, before, Place.NOWHERE);
        }
    }

    /** Units in the order of the log: the view is written exactly once, and late orders may leave its version as it was. */
    void setUnits(String id, long units) {
        GameTable.Row row = games.row(id);
        Place before = place(row);
        games.setUnits(row, units);
        bestsellers.move(id, before, place(row));
    }

    /** Makes everything up to here visible to searches; cheap where there is nothing new. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.rollback();
        files.close();
    }

    private Place place(GameTable.Row row) {
        return row.ranked() ? new Place(games.units(row.slot()), row.genres()) : Place.NOWHERE;
    }

    private static Term id(String id) {
        return new Term(GameDocument.ID, id);
    }
}
