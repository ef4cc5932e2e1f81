package io.gamestream.chaos.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.chaos.payments.plan.Act;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.chaos.payments.plan.Target;
import io.gamestream.chaos.payments.plant.Bug;
import io.gamestream.chaos.payments.plant.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PaymentsCommandTest {

    private final PaymentsCommand command = new PaymentsCommand();

    private void given(String... args) {
        new CommandLine(command).parseArgs(args);
    }

    @Test
    void aRunWithoutABugHasTheUsualShape() {
        given();
        assertThat(command.shape(null)).isEqualTo(Shape.USUAL);
        assertThat(command.bugs).isNull();
    }

    @Test
    void aBugHasTheShapeThatIsKnownToFindIt() {
        given("--plant", "no-idempotency-key");
        assertThat(Objects.requireNonNull(command.bugs).all()).containsExactly(Bug.NO_IDEMPOTENCY_KEY);
        assertThat(command.shape(Bug.NO_IDEMPOTENCY_KEY)).isEqualTo(new Shape(1_800, 4, 14, 231L, 300));
        assertThat(command.common.seed(command.shape(Bug.NO_IDEMPOTENCY_KEY).seed()))
                .isEqualTo(231);
    }

    @Test
    void whatNeedsCallsUnderWayIsKilledMoreThanOnce() {
        Shape shape = Bug.NO_IDEMPOTENCY_KEY.shape();
        Plan plan = Plan.of(
                Objects.requireNonNull(shape.seed()), shape.kills(), Duration.ofSeconds((long) (shape.minutes() * 60)));
        for (Target target : List.of(Target.WORKER, Target.SAGA)) {
            assertThat(plan.acts())
                    .filteredOn(act -> act.target() == target && act.act() == Act.KILL)
                    .as(target.service())
                    .hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void whatIsAskedForCountsMore() {
        given(
                "--plant",
                "slow-start",
                "--orders",
                "7",
                "--minutes",
                "0.5",
                "--kills",
                "1",
                "--quiet",
                "9",
                "--seed",
                "3");
        Shape shape = command.shape(Bug.SLOW_START);
        assertThat(shape).isEqualTo(new Shape(7, 0.5, 1, 5L, 9));
        assertThat(command.common.seed(shape.seed())).isEqualTo(3);
    }

    @Test
    void allBugsCanBePlantedOneAfterAnother() {
        given("--plant", "all");
        assertThat(Objects.requireNonNull(command.bugs).all()).containsExactly(Bug.values());
    }

    @Test
    void anUnknownBugIsRefused() {
        assertThatThrownBy(() -> given("--plant", "other")).hasMessageContaining("expected: one of no-idempotency-key");
    }
}
