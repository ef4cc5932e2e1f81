package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.HostHealth;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Some of the histories of {@link CellHistoriesIT}, at every build; and bugs that the gates must catch. */
class CellHistoriesTest {

    @Test
    void whateverHappensNoGateIsBroken() {
        assertThat(failing(0, 800)).isEmpty();
    }

    @Test
    void aTokenThatIsUsedTwiceIsCaught() {
        assertThat(caughtWith(event -> {
                    SlotEvent copy = SlotEvent.newBuilder(event).build();
                    copy.setToken(1);
                    return copy;
                }))
                .anyMatch(problem -> problem.contains("grants token 1 after 1"));
    }

    @Test
    void aGrantOnADrainingHostIsCaught() {
        assertThat(caughtWith(event -> SlotEvent.newBuilder(event)
                        .setDraining(event.getTo() == SlotState.RESERVED)
                        .build()))
                .anyMatch(problem -> problem.contains("draining"));
    }

    @Test
    void aGrantOnADeadHostIsCaught() {
        assertThat(caughtWith(event -> SlotEvent.newBuilder(event)
                        .setHostHealth(HostHealth.DEAD)
                        .build()))
                .anyMatch(problem -> problem.contains("is granted on a host that is DEAD"));
    }

    @Test
    void twoSessionsOfOnePlayerAreCaught() {
        assertThat(caughtWith(event -> event.getPlayerId() == null
                        ? event
                        : SlotEvent.newBuilder(event)
                                .setPlayerId("always the same")
                                .build()))
                .anyMatch(problem -> problem.contains("is granted to player"));
    }

    private static List<String> caughtWith(UnaryOperator<SlotEvent> bug) {
        return LongStream.range(0, 60)
                .mapToObj(seed -> CellHistory.problems(seed, bug))
                .flatMap(List::stream)
                .toList();
    }

    /** The seeds from one to another, that one left out, whose history goes wrong; the first few, each with what does. */
    static List<String> failing(long from, long to) {
        return LongStream.range(from, to)
                .parallel()
                .mapToObj(seed -> {
                    List<String> problems = CellHistory.problems(seed, UnaryOperator.identity());
                    return problems.isEmpty() ? "" : "seed " + seed + ": " + problems.get(0);
                })
                .filter(text -> !text.isEmpty())
                .limit(10)
                .toList();
    }
}
