package io.gamestream.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {

    @Test
    void lettersAddedLeftOutOrExchangedAreMistakes() {
        for (String typed : List.of("port", "prt", "poort", "pert", "prot")) {
            assertThat(NearestNames.of(typed, List.of("port", "host")))
                    .as(typed)
                    .containsExactly("port");
        }
        assertThat(NearestNames.of("", List.of("port")))
                .as("four letters are left out")
                .isEmpty();
    }

    @Test
    void onlyTheNearestAreMeant() {
        assertThat(NearestNames.of("a.prt", List.of("a.port", "b.port", "a.part")))
                .containsExactly("a.part", "a.port");
    }

    @Test
    void nobodyMeantWhatIsFar() {
        assertThat(NearestNames.of("a.port", List.of("a.secret", "b.c.port"))).isEmpty();
        assertThat(NearestNames.of("a.port", List.of())).isEmpty();
    }

    @Test
    void aListOfAllIsNoHint() {
        assertThat(NearestNames.of("x.port", List.of("d.port", "c.port", "b.port", "a.port")))
                .containsExactly("a.port", "b.port", "c.port");
    }
}
