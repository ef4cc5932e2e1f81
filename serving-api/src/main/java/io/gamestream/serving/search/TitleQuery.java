package io.gamestream.serving.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What somebody typed, as a query for titles. Each word scores by the best way in which the title has it, 1 for the word itself, and
 * nothing in the text is syntax.
 *
 * @param words by {@link TitleWords}
 * @param key of the whole, see {@link GameDocument#exactKey}
 * @param lastIsPartial whether the last word may be the beginning of one: false once a space follows it
 */
record TitleQuery(List<String> words, String key, boolean lastIsPartial) {

    private static final float EXACT_TITLE = 2.0f;
    private static final float PAIR = 0.95f;
    private static final float PREFIX = 0.8f;
    private static final float INITIALS = 0.9f;
    private static final float TYPO = 0.6f;

    /** Enough for every word within two letters; more only costs time. */
    private static final int FUZZY_TERMS = 50;

    /** More words than any title has, and each costs a dozen clauses. */
    private static final int MAX_WORDS = 16;

    static TitleQuery parse(String text) {
        List<String> all = TitleWords.of(text);
        List<String> words = all.subList(0, Math.min(all.size(), MAX_WORDS));
        boolean partial = !text.isEmpty() && Character.isLetterOrDigit(text.codePointBefore(text.length()));
        return new TitleQuery(List.copyOf(words), GameDocument.exactKey(text, all), partial);
    }

    /** Those to try, in order; a looser one that comes to the same is left out. */
    List<Strictness> strictnesses() {
        return switch (neededWords()) {
            case 0 -> List.of(Strictness.AS_TYPED);
            case 1 -> List.of(Strictness.AS_TYPED, Strictness.TYPOS);
            default -> List.of(Strictness.values());
        };
    }

    private int neededWords() {
        return (int) IntStream.range(0, words.size()).filter(this::isNeeded).count();
    }

    /** Fillers are, where there is nothing else, and where one may be the beginning of a word. */
    private boolean isNeeded(int i) {
        return isPartial(i)
                || !TitleWords.FILLERS.contains(words.get(i))
                || words.stream().allMatch(TitleWords.FILLERS::contains);
    }

    Query query(Strictness strictness) {
        Query exact = new BoostQuery(constant(GameDocument.KEY, key), EXACT_TITLE * Math.max(1, words.size()));
        if (words.isEmpty()) {
            return exact;
        }
        BooleanQuery.Builder needed = new BooleanQuery.Builder();
        BooleanQuery.Builder matching = new BooleanQuery.Builder();
        for (int i = 0; i < words.size(); i++) {
            Query word = word(i, strictness != Strictness.AS_TYPED);
            if (isNeeded(i)) {
                needed.add(word, strictness == Strictness.SOME_WORDS ? Occur.SHOULD : Occur.MUST);
            } else {
                matching.add(word, Occur.SHOULD);
            }
        }
        if (strictness == Strictness.SOME_WORDS) {
            needed.setMinimumNumberShouldMatch((neededWords() + 1) / 2);
        }
        matching.add(needed.build(), Occur.MUST);
        // Beside the words, not among them: "halflife 2" is found by the key of the whole, though by none of its words.
        return new BooleanQuery.Builder()
                .add(matching.build(), Occur.SHOULD)
                .add(exact, Occur.SHOULD)
                .build();
    }

    private Query word(int i, boolean typos) {
        String word = words.get(i);
        List<Query> ways = new ArrayList<>();
        ways.add(constant(GameDocument.WORDS, word));
        ways.add(new BoostQuery(constant(GameDocument.PAIRS, word), PAIR));
        if (word.length() > 1) {
            ways.add(new BoostQuery(constant(GameDocument.INITIALS, word), INITIALS));
        }
        if (isPartial(i)) {
            ways.add(new BoostQuery(new PrefixQuery(term(GameDocument.WORDS, word)), PREFIX));
            ways.add(new BoostQuery(new PrefixQuery(term(GameDocument.PAIRS, word)), PREFIX * PAIR));
        }
        if (i > 0) {
            addTogether(i - 1, ways);
        }
        if (i + 1 < words.size()) {
            addTogether(i, ways);
        }
        int edits = edits(word);
        if (typos && edits > 0) {
            ways.add(new BoostQuery(fuzzy(GameDocument.WORDS, word, edits), TYPO));
            ways.add(new BoostQuery(fuzzy(GameDocument.PAIRS, word, 1), TYPO * PAIR));
        }
        return new DisjunctionMaxQuery(ways, 0);
    }

    /** "bio shock" for BioShock, "cs go" for CS:GO: either word is there if both together are one. */
    private void addTogether(int first, List<Query> ways) {
        String together = words.get(first) + words.get(first + 1);
        ways.add(new BoostQuery(constant(GameDocument.WORDS, together), PAIR));
        ways.add(new BoostQuery(constant(GameDocument.INITIALS, together), INITIALS));
        if (isPartial(first + 1)) {
            ways.add(new BoostQuery(new PrefixQuery(term(GameDocument.WORDS, together)), PREFIX * PAIR));
        }
    }

    private boolean isPartial(int i) {
        return lastIsPartial && i == words.size() - 1;
    }

    /** By the length of the word: at two letters everything is one edit from everything, and a number is never a typo. */
    private static int edits(String word) {
        if (word.length() <= 2 || word.codePoints().allMatch(Character::isDigit)) {
            return 0;
        }
        return word.length() <= 5 ? 1 : 2;
    }

    private static Query fuzzy(String field, String word, int edits) {
        return new FuzzyQuery(
                term(field, word),
                edits,
                1,
                FUZZY_TERMS,
                true,
                new MultiTermQuery.TopTermsBoostOnlyBooleanQueryRewrite(FUZZY_TERMS));
    }

    private static Query constant(String field, String value) {
        return new ConstantScoreQuery(new TermQuery(term(field, value)));
    }

    private static Term term(String field, String value) {
        return new Term(field, GameDocument.term(value));
    }
}
