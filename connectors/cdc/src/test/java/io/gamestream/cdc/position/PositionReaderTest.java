package io.gamestream.cdc.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionReaderTest {

    @Test
    void namesAnOpenTransactionOnlyWhereOneIsInTheWay() {
        assertThat(PositionReader.reason(70, 90, 70))
                .contains("another slot's transaction is open at offset 70 of 90")
                .contains("find-hanging");
        assertThat(PositionReader.reason(60, 90, 70))
                .contains("the broker does not send what is committed")
                .doesNotContain("transaction is open");
        assertThat(PositionReader.reason(60, 90, 90)).doesNotContain("transaction is open");
    }
}
