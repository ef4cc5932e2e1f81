package io.gamestream.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LsnTest {

    @Property
    void comesBackFromItsText(@ForAll long lsn) {
        assertThat(Lsn.parse(Lsn.format(lsn))).isEqualTo(lsn);
    }

    @Example
    void isWrittenAsTheDatabaseWritesIt() {
        assertThat(Lsn.format(0x16B3748L)).isEqualTo("0/16B3748");
        assertThat(Lsn.parse("1A/0000000F")).isEqualTo(0x1A_0000_000FL);
        assertThatThrownBy(() -> Lsn.parse("16B3748")).hasMessageContaining("expected: such as 0/16B3748");
    }
}
