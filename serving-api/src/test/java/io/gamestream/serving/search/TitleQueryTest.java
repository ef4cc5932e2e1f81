package io.gamestream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleQueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"witcher", "wicher ", "the witcher", "of the witcher "})
    void someOfOneWordAreAllOfIt(String text) {
        assertThat(TitleQuery.parse(text).strictnesses()).containsExactly(Strictness.AS_TYPED, Strictness.TYPOS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"witcher hunt", "witcher th", "the of "})
    void ofSeveralWordsSomeMayBeMissing(String text) {
        assertThat(TitleQuery.parse(text).strictnesses()).containsExactly(Strictness.values());
    }

    @Test
    void withoutAWordThereIsNothingToTakeForATypo() {
        assertThat(TitleQuery.parse("!?").strictnesses()).containsExactly(Strictness.AS_TYPED);
    }
}
