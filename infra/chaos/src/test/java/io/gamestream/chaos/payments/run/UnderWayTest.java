package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.plan.Target;
import java.time.Duration;
import java.util.OptionalLong;
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
    void whatNeverComesBackIsNotExcusedByAnotherThatDoes() {
        assertThat(UnderWay.counted(OptionalLong.of(90), 0, 100, true)).isEqualTo(Duration.ofNanos(10));
        assertThat(UnderWay.counted(OptionalLong.of(90), 0, 100, false)).isEqualTo(Duration.ofNanos(100));
        assertThat(UnderWay.counted(OptionalLong.empty(), 0, 100, true)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void whatWasOverBeforeExcusesNothing() {
        underWay.begin(Target.BROKER);
        underWay.end(Target.BROKER, 5);
        underWay.begin(Target.SAGA);
        assertThat(underWay.aloneSince(Target.SAGA, 7)).hasValue(7);
    }
}
