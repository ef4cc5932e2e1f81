package io.gamestream.payments.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.payments.admin.ReplayRules.Verdict;
import io.gamestream.schemas.payments.ParkCause;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayRulesTest {

    @Test
    void anOpenLetterIsReplayedAndNoOther() {
        assertThat(ReplayRules.verdict("o1:parked:2", Optional.of(ParkedOrders.open("o1", 2, ParkCause.EXHAUSTED))))
                .isEqualTo(Verdict.REPLAY);
        assertThat(ReplayRules.verdict("o1:parked:1", Optional.of(ParkedOrders.open("o1", 2, ParkCause.EXHAUSTED))))
                .as("an earlier one is over")
                .isEqualTo(Verdict.RESOLVED);
        assertThat(ReplayRules.verdict("o1:parked:2", Optional.of(ParkedOrders.resolved("o1", 2))))
                .isEqualTo(Verdict.RESOLVED);
        assertThat(ReplayRules.verdict("o1:parked:2", Optional.empty())).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = ParkCause.class,
            names = {"POISON", "CONFLICT", "ORPHAN"})
    void whatStaysTrueIsNotReplayed(ParkCause cause) {
        assertThat(ReplayRules.verdict("o1:parked:1", Optional.of(ParkedOrders.open("o1", 1, cause))))
                .isEqualTo(Verdict.NOT_REPLAYABLE);
    }

    @Test
    void aLetterThatNeverWasIsUnknown() {
        for (String id : new String[] {"o1:parked:3", "o1:parked:0", "o1:parked:x", "o1:parked:"}) {
            assertThat(ReplayRules.verdict(id, Optional.of(ParkedOrders.open("o1", 2, ParkCause.EXHAUSTED))))
                    .as(id)
                    .isEqualTo(Verdict.UNKNOWN);
        }
    }
}
