package io.gamestream.chaos.cdc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.cdc.plan.Plan.Planned;
import io.gamestream.chaos.cdc.plan.Plan.Wish;
import io.gamestream.chaos.cdc.script.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VacuityTest {

    private static final Plan PLAN = Plan.of(1, new Wish(20, 1, 1, 1, Duration.ofSeconds(1)));
    private final List<Done> done = new ArrayList<>();
    private final Set<Class<? extends Step>> kinds = new HashSet<>();

    VacuityTest() {
        for (Planned planned : PLAN.acts()) {
            done.add(done(planned, true, 10, 10));
        }
        for (Class<?> kind : Step.class.getPermittedSubclasses()) {
            kinds.add(kind.asSubclass(Step.class));
        }
    }

    @Test
    void hasNothingAgainstARunInWhichEverythingHappened() {
        assertThat(complaints(1, 1)).isEmpty();
    }

    @Test
    void complainsOfAnActThatNeverHappened() {
        done.removeIf(one -> one.planned().act() == Act.ZOMBIE);
        assertThat(complaints(1, 1)).singleElement().asString().contains("never happened", "SIGSTOP");
    }

    @Test
    void complainsOfAKillThatMissed() {
        replace(Act.KILL_STREAMING, false, 10, 10);
        assertThat(complaints(1, 1)).singleElement().asString().contains("missed its moment");
    }

    @Test
    void complainsOfAWorkloadThatStandsStill() {
        replace(Act.KILL_AT_START, true, 0, 10);
        assertThat(complaints(1, 1)).singleElement().asString().contains("committed nothing");
    }

    @Test
    void complainsOfACaptureThatStandsStill() {
        replace(Act.KILL_STREAMING, true, 10, 0);
        assertThat(complaints(1, 1)).singleElement().asString().contains("nothing was delivered");
    }

    @Test
    void complainsOfAKindOfStepThatWasNeverCommitted() {
        kinds.remove(Step.Copy.class);
        assertThat(complaints(1, 1)).singleElement().asString().contains("Copy");
    }

    @Test
    void complainsWhereNothingWasEverRolledBackOrCutShort() {
        assertThat(complaints(0, 0)).hasSize(2);
    }

    private List<String> complaints(long rolledBack, long aborted) {
        return Vacuity.complaints(PLAN, done, kinds, rolledBack, aborted);
    }

    private void replace(Act act, boolean hit, long committed, long delivered) {
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i).planned().act() == act) {
                done.set(i, done(done.get(i).planned(), hit, committed, delivered));
                return;
            }
        }
    }

    private static Done done(Planned planned, boolean hit, long committed, long delivered) {
        return new Done(1, planned, hit, committed, delivered, Duration.ZERO, "");
    }
}
