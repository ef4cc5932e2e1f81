package io.gamestream.serving.search;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Takes everything else out of words: the tokenizer keeps dots and apostrophes between letters, and commas between digits, and folding
 * leaves accents of their own alone. It runs for each word of a rebuild, where a regular expression is seen in the profile.
 */
final class PlainLetters extends TokenFilter {

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    PlainLetters(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        char[] chars = term.buffer();
        int length = term.length();
        int kept = 0;
        for (int at = 0; at < length; ) {
            int character = Character.codePointAt(chars, at, length);
            at += Character.charCount(character);
            if (isPlain(character)) {
                kept += Character.toChars(character, chars, kept);
            }
        }
        term.setLength(kept);
        return true;
    }

    /** A letter, a number, or a mark that is no accent. */
    static boolean isPlain(int character) {
        if (character < 0x80) {
            return Character.isLetterOrDigit(character);
        }
        if (character >= 0x300 && character <= 0x36F) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
