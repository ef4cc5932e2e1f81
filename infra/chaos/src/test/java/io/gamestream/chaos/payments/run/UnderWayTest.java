package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.plan.Target;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private final UnderWay underWay = new UnderWay();

    @Test
    void whatIsHarmedAloneIsSlowFromTheStart() {
        underWay.begin(Target.SAGA);
        assertThat(underWay.aloneSince(Target.SAGA, 7)).hasValue(7);
    }

    @Test
    void whatIsHarmedWithAnotherIsSlowFromWhenTheOtherIsBack() {
        underWay.begin(Target.BROKER);
        underWay.begin(Target.SAGA);
        assertThat(underWay.aloneSince(Target.SAGA, 7)).isEmpty();
        underWay.end(Target.BROKER, 50);
        assertThat(underWay.aloneSince(Target.SAGA, 7)).hasValue(50);
    }

    @Test
    void whatWasOverBeforeExcusesNothing() {
        underWay.begin(Target.BROKER);
        underWay.end(Target.BROKER, 5);
        underWay.begin(Target.SAGA);
        assertThat(underWay.aloneSince(Target.SAGA, 7)).hasValue(7);
    }
}
