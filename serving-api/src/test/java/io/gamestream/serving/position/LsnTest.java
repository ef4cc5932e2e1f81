package io.gamestream.serving.position;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @Property
    void isWrittenAsItIsRead(@ForAll @LongRange(min = 0) long lsn) {
        assertThat(Lsn.parse(Lsn.format(lsn))).hasValue(lsn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg:0/16B3748", "pg:0/16b3748"})
    void readsWhatPostgresWrites(String token) {
        assertThat(Lsn.parse(token)).hasValue(0x16B3748);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pg:",
                "0/16B3748",
                "pg:16B3748",
                "pg:0/",
                "pg:/1",
                "pg:0/16B37480F",
                "pg:G/1",
                "pg:-1/1",
                "pg:0/1 ",
                "pg:80000000/0",
                "my:0/1",
                "pg:0/1/2"
            })
    void refusesAnythingElse(String token) {
        assertThat(Lsn.parse(token)).isEmpty();
    }
}
