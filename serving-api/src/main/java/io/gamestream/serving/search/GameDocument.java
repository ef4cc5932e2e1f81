package io.gamestream.serving.search;

import io.gamestream.schemas.views.GameView;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/**
 * A game as the index has it. Words are indexed one by one, without positions or frequencies: a title is short, and which words match
 * and how is what {@link TitleQuery} ranks by.
 */
final class GameDocument {

    static final String ID = "id";
    static final String WORDS = "words";
    static final String PAIRS = "pairs";
    static final String INITIALS = "initials";
    static final String KEY = "key";
    static final String WORD_COUNT = "word-count";
    static final String SLOT = "slot";
    static final String TITLE = "title";
    static final String GENRE = "genre";
    static final String GENRE_LABEL = "genre-label";
    static final String DEVELOPER = "developer";
    static final String STATUS = "status";
    static final String GPU_CLASS = "gpu-class";
    static final String CURRENCY = "currency";
    static final String PRICE = "price";
    static final String RELEASED = "released";
    static final String JSON = "json";

    private GameDocument() {}

    static Document of(GameView game, int slot, byte[] json) {
        Document document = new Document();
        document.add(new StringField(ID, game.getId(), Store.NO));
        document.add(new SortedDocValuesField(ID, new BytesRef(game.getId())));
        document.add(new NumericDocValuesField(SLOT, slot));
        document.add(new BinaryDocValuesField(JSON, new BytesRef(json)));
        addTitle(document, game.getTitle());
        addGenres(document, game.getGenres());
        addKeyword(document, STATUS, game.getStatus());
        addKeyword(document, GPU_CLASS, game.getGpuClass());
        addKeyword(document, CURRENCY, game.getCurrency());
        String developer = game.getDeveloper();
        if (developer != null) {
            addKeyword(document, DEVELOPER, developer);
        }
        document.add(new LongField(PRICE, game.getPriceMinor(), Store.NO));
        LocalDate released = game.getReleaseDate();
        if (released != null) {
            document.add(new LongField(RELEASED, released.toEpochDay(), Store.NO));
        }
        return document;
    }

    private static void addTitle(Document document, String title) {
        List<String> words = TitleWords.of(title);
        TitleWords.withNumerals(words).forEach(word -> document.add(new StringField(WORDS, term(word), Store.NO)));
        TitleWords.pairs(words).forEach(pair -> document.add(new StringField(PAIRS, term(pair), Store.NO)));
        TitleWords.initials(words).forEach(name -> document.add(new StringField(INITIALS, term(name), Store.NO)));
        document.add(new StringField(KEY, term(exactKey(title, words)), Store.NO));
        document.add(new NumericDocValuesField(WORD_COUNT, words.size()));
        document.add(new SortedDocValuesField(TITLE, new BytesRef(term(Folding.key(title)))));
    }

    private static void addGenres(Document document, List<String> genres) {
        Set<String> keys = new LinkedHashSet<>();
        for (String genre : genres) {
            if (keys.add(Folding.key(genre))) {
                addKeyword(document, GENRE, genre);
                document.add(new SortedSetDocValuesField(GENRE_LABEL, new BytesRef(term(genre))));
            }
        }
    }

    private static void addKeyword(Document document, String field, String value) {
        document.add(new StringField(field, term(Folding.key(value)), Store.NO));
    }

    /** What a whole title is found by; one that has no words at all ("!!!") by its very characters. */
    static String exactKey(String title, List<String> words) {
        return words.isEmpty() ? Folding.key(title) : TitleWords.key(words);
    }

    /** Lucene refuses a term of more than 32,766 bytes, and with it the document; nobody types the rest of such a title. */
    static String term(String text) {
        return text.length() <= 1_000
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, 1_000) - 1));
    }
}
