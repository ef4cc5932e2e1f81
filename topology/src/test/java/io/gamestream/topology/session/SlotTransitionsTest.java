package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.SlotState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the table, and what must hold of the table as a whole. */
class SlotTransitionsTest {

    private static final Set<SlotState> BUSY = EnumSet.complementOf(EnumSet.of(SlotState.UNKNOWN, SlotState.FREE));

    @TestFactory
    Stream<DynamicTest> aSignalThatComesTwiceDoesNoMore() {
        return Arrays.stream(SlotState.values()).flatMap(from -> Arrays.stream(SlotSignal.values())
                // A deadline that fires again is another one.
                .filter(signal -> signal != SlotSignal.DEADLINE)
                .map(signal -> DynamicTest.dynamicTest(from + " x " + signal, () -> {
                    SlotState once = SlotTransitions.next(from, signal);
                    assertThat(SlotTransitions.next(once, signal)).isEqualTo(once);
                })));
    }

    @Test
    void onlyAFreeSlotIsGranted() {
        for (SlotState state : SlotState.values()) {
            boolean granted = SlotTransitions.next(state, SlotSignal.GRANT) == SlotState.RESERVED;
            assertThat(granted).as(state.name()).isEqualTo(state == SlotState.FREE || state == SlotState.RESERVED);
        }
    }

    @Test
    void everyStateThatIsNotForEverIsLeftByItsDeadline() {
        for (SlotState state : BUSY) {
            assertThat(SlotTransitions.next(state, SlotSignal.DEADLINE))
                    .as(state.name())
                    .isNotEqualTo(state);
        }
        assertThat(SlotTransitions.next(SlotState.FREE, SlotSignal.DEADLINE)).isEqualTo(SlotState.FREE);
    }

    @Test
    void aHostThatIsGoneOrNewHasOnlyFreeSlots() {
        for (SlotState state : BUSY) {
            assertThat(SlotTransitions.next(state, SlotSignal.LOST)).isEqualTo(SlotState.FREE);
            assertThat(SlotTransitions.next(state, SlotSignal.REBOOT)).isEqualTo(SlotState.FREE);
            assertThat(SlotTransitions.next(state, SlotSignal.REMOVED)).isEqualTo(SlotState.UNKNOWN);
            assertThat(SlotTransitions.next(state, SlotSignal.FORGOTTEN)).isEqualTo(SlotState.UNKNOWN);
        }
    }

    @Test
    void withoutTheHostsWordASlotThatItMayBeUsingIsNotFreed() {
        for (SlotState state : EnumSet.of(SlotState.STARTING, SlotState.ACTIVE, SlotState.GRACE)) {
            for (SlotSignal signal : EnumSet.of(SlotSignal.RELEASE, SlotSignal.EVICT, SlotSignal.DEADLINE)) {
                assertThat(SlotTransitions.next(state, signal)).isEqualTo(SlotState.CLEANING);
            }
        }
    }

    @Test
    void everyStateIsReachedAndLeft() {
        Set<SlotState> seen = EnumSet.of(SlotState.UNKNOWN);
        Deque<SlotState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            SlotState state = open.poll();
            for (SlotSignal signal : SlotSignal.values()) {
                SlotState next = SlotTransitions.next(state, signal);
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(SlotState.values());
    }
}
