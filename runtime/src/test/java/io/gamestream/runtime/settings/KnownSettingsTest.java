package io.gamestream.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownSettingsTest {

    /** The section "door" is ours; of "other" only a part is known. */
    private static final KnownSettings KNOWN = new KnownSettings(hocon("""
                    door { http { host = h, port = 1 }, properties {}, cells = [{ id = a }], tiers { gold = 1, tin = 2 } }
                    other.http.port = 2
                    """), Set.of("door"), Set.of("door.tiers"));

    @Test
    void whatTheDefaultsHaveIsKnown() {
        assertThat(unknown("door { http.port = 9, http.host = x }")).isEmpty();
    }

    @Test
    void whereTheDefaultsAreOpenAnyKeyGoes() {
        assertThat(unknown("door.properties { ssl.keystore.type = PEM }")).isEmpty();
        assertThat(unknown("door.cells = [{ id = a, region = r }]")).isEmpty();
        assertThat(unknown("door.tiers.silver = 3")).isEmpty();
    }

    @Test
    void aMistypedNameIsNamedWithTheNearest() {
        assertThat(unknown("door.htp.port = 9")).hasValueSatisfying(message -> assertThat(message)
                .startsWith("setting door.htp.port (")
                .endsWith(") is unknown (did you mean door.http.port?)"));
    }

    @Test
    void withoutANearNameThoseAroundAreNamed() {
        assertThat(unknown("door.http.backlog = 9"))
                .hasValueSatisfying(message ->
                        assertThat(message).contains("door.http.backlog").endsWith("(known here: host, port)"));
    }

    @Test
    void allThatIsUnknownIsNamedAtOnce() {
        assertThat(unknown("door { htp { port = 9, hast = x }, properties.any = 1 }"))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("door.htp.hast", "; setting door.htp.port")
                        .doesNotContain("any"));
    }

    @Test
    void aValueHasNothingBelowIt() {
        assertThat(unknown("door.http.port.number = 9"))
                .hasValueSatisfying(message -> assertThat(message).contains("setting door.http.port.number"));
    }

    @Test
    void anEmptyObjectIsASettingToo() {
        assertThat(unknown("door.htp {}"))
                .hasValueSatisfying(message -> assertThat(message).contains("setting door.htp "));
    }

    @Test
    void sectionsOfOthersAreLeftToThem() {
        assertThat(unknown("other.htp.port = 9, third.x = 1")).isEmpty();
    }

    @Test
    void aSectionThatNobodyHasIsUnknown() {
        ConfigObject given = hocon("door.http.port = 1, other.x = 1, third.x = 1, dor.http.port = 1");
        assertThat(KNOWN.unknownSectionsIn(given, Set.of("third"))).hasValueSatisfying(message -> assertThat(message)
                .startsWith("setting dor.http.port (")
                .endsWith("(did you mean door.http.port?)"));
        assertThat(KNOWN.unknownSectionsIn(given, Set.of("third", "dor"))).isEmpty();
    }

    private static Optional<String> unknown(String given) {
        return KNOWN.unknownIn(hocon(given));
    }

    private static ConfigObject hocon(String text) {
        return ConfigFactory.parseString(text).root();
    }
}
