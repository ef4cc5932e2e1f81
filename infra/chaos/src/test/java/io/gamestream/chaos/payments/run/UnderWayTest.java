package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.payments.plan.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private final UnderWay underWay = new UnderWay();

    @Test
    void whatIsHarmedAloneIsSlowAllTheTime() {
        underWay.begin(Target.SAGA, 7);
        assertAlone(93);
    }

    @Test
    void theTimesOfOthersAreTakenOffOnce() {
        harm(Target.BROKER, 20, 50);
        harm(Target.CDC, 40, 60);
        harm(Target.GATEWAY, 45, 46);
        harm(Target.WORKER, 80, 90);
        assertAlone(13 + 20 + 10);
    }

    @Test
    void oneThatIsStillUnderWayCountsUntilNow() {
        underWay.begin(Target.BROKER, 30);
        assertAlone(23);
    }

    @Test
    void whatWasOverBeforeOrIsTheSameTargetExcusesNothing() {
        harm(Target.BROKER, 1, 5);
        harm(Target.SAGA, 10, 90);
        assertAlone(93);
    }

    @Test
    void whatWasHarmedAllTheTimeIsNeverAlone() {
        harm(Target.BROKER, 1, 200);
        assertAlone(0);
    }

    private void harm(Target target, long from, long until) {
        underWay.begin(target, from);
        underWay.end(target, until);
    }

    /** The saga, from 7 to 100. */
    private void assertAlone(long nanos) {
        assertThat(underWay.alone(Target.SAGA, 7, 100)).isEqualTo(Duration.ofNanos(nanos));
    }
}
