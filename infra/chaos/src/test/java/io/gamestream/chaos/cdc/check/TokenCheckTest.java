package io.gamestream.chaos.cdc.check;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TokenCheckTest {

    @Property(tries = 20)
    void findsNothingWherePositionsKeepTheirPromise(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        TokenCheck.Result result = TokenCheck.check(perfect.positions, perfect.committed, perfect.topic);
        assertThat(result.findings()).isEmpty();
        assertThat(result.earlyByFloor()).isZero();
    }

    @Property(tries = 20)
    void catchesAPositionThatAnswersBeforeTheWriteIsThere(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        PositionRecord first = perfect.positions.get(0);
        perfect.positions.clear();
        perfect.positions.add(new PositionRecord(0, perfect.end(), first.offsets()));
        TokenCheck.Result result = TokenCheck.check(perfect.positions, perfect.committed, perfect.topic);
        assertThat(result.findings()).extracting(Finding::fault).containsOnly(Fault.READ_TOO_EARLY);
    }
}
