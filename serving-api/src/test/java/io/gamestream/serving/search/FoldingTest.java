package io.gamestream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The fast ways must not differ from what they replace. */
class FoldingTest {

    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]|[\\u0300-\\u036F]");

    @Test
    void plainLettersAreLettersNumbersAndMarksThatAreNoAccents() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            boolean plain = !NOT_PLAIN.matcher(Character.toString(character)).matches();
            assertThat(PlainLetters.isPlain(character))
                    .as(Integer.toHexString(character))
                    .isEqualTo(plain);
        }
    }

    @Property
    void asciiIsFoldedAsEverythingElse(
            @ForAll
                    @StringLength(max = 12)
                    @CharRange(from = '\t', to = '\u007F')
                    @Chars({' ', ' ', 'A', 'z', '\u00E9'})
                    String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
        assertThat(Folding.key(text)).isEqualTo(folded);
    }
}
