package io.gamestream.serving.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * What a title, and a query for one, is made of. Both sides go through the same rules, so that "Pokémon", "POKEMON" and "pokemon"
 * are one word, "Half-Life" is two, "S.T.A.L.K.E.R." is one, and Chinese or Japanese runs are pairs of characters.
 */
final class TitleWords {

    private static final Map<String, String> ROMAN = Map.ofEntries(
            Map.entry("ii", "2"),
            Map.entry("iii", "3"),
            Map.entry("iv", "4"),
            Map.entry("v", "5"),
            Map.entry("vi", "6"),
            Map.entry("vii", "7"),
            Map.entry("viii", "8"),
            Map.entry("ix", "9"),
            Map.entry("x", "10"),
            Map.entry("xi", "11"),
            Map.entry("xii", "12"),
            Map.entry("xiii", "13"),
            Map.entry("xiv", "14"),
            Map.entry("xv", "15"),
            Map.entry("xvi", "16"));

    private static final Map<String, String> ARABIC =
            ROMAN.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    /** Words that a query may have and a title lack, or the other way round. */
    static final Set<String> FILLERS = Set.of("the", "a", "an", "of", "and", "in", "to", "for", "on");

    private static final int MAX_INITIALS = 8;
    private static final Pattern MARKS = Pattern.compile("[\u2122\u00AE\u00A9\u2120]");
    private static final Analyzer ANALYZER = new WordAnalyzer();

    private TitleWords() {}

    /** In order; empty where the text has neither a letter nor a digit. */
    static List<String> of(String text) {
        String composed = Folding.isAscii(text)
                ? text
                : Normalizer.normalize(MARKS.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        String plain = composed.replace('_', ' ').replace("&", " and ");
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = ANALYZER.tokenStream("title", plain)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("analysing a string does no I/O", e);
        }
        return joinSpelledOut(words);
    }

    /** Two titles, or a title and a query, with the same key are the same title: "Half-Life II", "half life 2", "HALFLIFE2". */
    static String key(List<String> words) {
        StringBuilder key = new StringBuilder();
        words.forEach(word -> key.append(ROMAN.getOrDefault(word, word)));
        return key.toString();
    }

    /** The words of a title and what else they are written as: V and 5. */
    static Set<String> withNumerals(List<String> words) {
        Set<String> all = new LinkedHashSet<>();
        for (String word : words) {
            all.add(word);
            addIfKnown(ROMAN.get(word), all);
            addIfKnown(ARABIC.get(word), all);
        }
        return all;
    }

    private static void addIfKnown(@Nullable String word, Set<String> all) {
        if (word != null) {
            all.add(word);
        }
    }

    /** Neighbours written as one: "counterstrike", "halflife". */
    static Set<String> pairs(List<String> words) {
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            pairs.add(words.get(i) + words.get(i + 1));
        }
        return pairs;
    }

    /** What players call it: "gta", "gtav" and "gta5" of Grand Theft Auto V, with and without an article in front. */
    static Set<String> initials(List<String> words) {
        Set<String> all = new LinkedHashSet<>();
        addInitials(words, all);
        if (words.size() > 2 && FILLERS.contains(words.get(0))) {
            addInitials(words.subList(1, words.size()), all);
        }
        return all;
    }

    private static void addInitials(List<String> words, Set<String> all) {
        StringBuilder letters = new StringBuilder();
        StringBuilder arabic = new StringBuilder();
        for (String word : words.subList(0, Math.min(words.size(), MAX_INITIALS))) {
            boolean number = Character.isDigit(word.charAt(0));
            String numeral = ROMAN.get(word);
            arabic.append(number ? word : numeral == null ? word.substring(0, 1) : numeral);
            letters.append(number || numeral != null ? word : word.substring(0, 1));
            if (letters.length() > 1) {
                all.add(letters.toString());
                all.add(arabic.toString());
            }
        }
    }

    /** "s t a l k e r" is how some write S.T.A.L.K.E.R.; two single letters are left alone, as in "Vitamin B C". */
    private static List<String> joinSpelledOut(List<String> words) {
        List<String> joined = new ArrayList<>(words.size());
        int i = 0;
        while (i < words.size()) {
            int end = i;
            while (end < words.size() && isLetter(words.get(end))) {
                end++;
            }
            if (end - i >= 3) {
                joined.add(String.join("", words.subList(i, end)));
                i = end;
            } else {
                joined.add(words.get(i));
                i++;
            }
        }
        return joined;
    }

    private static boolean isLetter(String word) {
        return word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= 'z';
    }

    private static final class WordAnalyzer extends Analyzer {

        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer source = new StandardTokenizer();
            TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(source));
            words = new PlainLetters(words);
            words = new CJKBigramFilter(new LengthFilter(words, 1, Integer.MAX_VALUE));
            return new TokenStreamComponents(source, words);
        }
    }
}
