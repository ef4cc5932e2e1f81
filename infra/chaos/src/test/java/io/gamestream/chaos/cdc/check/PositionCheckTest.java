package io.gamestream.chaos.cdc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PositionCheckTest {

    @Property(tries = 20)
    void findsNothingInPerfectPositions(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        assertThat(check(perfect)).isEmpty();
    }

    @Property(tries = 20)
    void catchesAPositionThatGoesBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 59) int at) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        PositionRecord before = perfect.positions.get(at - 1);
        perfect.positions.add(at, new PositionRecord(at, before.lsn() - 1, before.offsets()));
        assertThat(check(perfect)).extracting(Finding::fault).containsOnly(Fault.POSITION_BACK);
    }

    @Property(tries = 20)
    void catchesAnOffsetThatGoesBack(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        PositionRecord last = perfect.positions.get(perfect.positions.size() - 1);
        Map<Integer, Long> offsets = new HashMap<>(last.offsets());
        offsets.merge(0, -1L, Long::sum);
        perfect.positions.add(new PositionRecord(last.at() + 1, last.lsn(), offsets));
        assertThat(check(perfect)).extracting(Finding::fault).contains(Fault.POSITION_BACK);
    }

    @Property(tries = 20)
    void catchesAPositionThatPromisesWhatIsNotThereYet(@ForAll long seed) {
        Perfect perfect = Perfect.of(seed, 10, 1, 60);
        PositionRecord first = perfect.positions.get(0);
        perfect.positions.set(0, new PositionRecord(first.at(), perfect.end(), first.offsets()));
        assertThat(check(perfect)).extracting(Finding::fault).contains(Fault.POSITION_AHEAD);
    }

    @Test
    void catchesAPositionThatStaysBehind() {
        Perfect perfect = Perfect.of(1, 10, 1, 60);
        assertThat(PositionCheck.check(perfect.positions, perfect.topic.values(), perfect.end() + 1))
                .extracting(Finding::fault)
                .containsExactly(Fault.POSITION_BEHIND);
        assertThat(PositionCheck.check(List.of(), List.of(), 1))
                .extracting(Finding::fault)
                .containsExactly(Fault.POSITION_BEHIND);
    }

    private static List<Finding> check(Perfect perfect) {
        return PositionCheck.check(perfect.positions, perfect.topic.values(), perfect.end());
    }
}
