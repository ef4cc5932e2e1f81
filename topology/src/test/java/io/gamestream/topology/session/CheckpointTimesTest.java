package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckpointTimesTest {

    private static final Duration EVERY = Duration.ofMinutes(10);

    @Test
    void eachCellIsKeptOnceAnIntervalAndNeverManyAtOnce() {
        List<Cell> cells = IntStream.range(0, 20)
                .mapToObj(i -> Cell.empty("eu-west-" + i, "eu-west"))
                .toList();
        CheckpointTimes times = new CheckpointTimes(EVERY);
        Map<String, Integer> kept = new HashMap<>();
        int most = 0;
        for (int second = 0; second <= 1_200; second++) {
            long clock = second * 1_000L;
            cells.forEach(cell -> cell.row().setClockMs(clock));
            List<Cell> due = cells.stream().filter(times::isDue).toList();
            due.forEach(cell -> kept.merge(cell.id(), 1, Integer::sum));
            most = Math.max(most, due.size());
        }
        assertThat(kept).hasSize(20).allSatisfy((cell, count) -> assertThat(count)
                .isEqualTo(2));
        assertThat(most).isLessThanOrEqualTo(3);
    }

    @Test
    void aStartMovesNoCellsMoment() {
        Cell cell = Cell.empty("eu-west-1", "eu-west");
        assertThat(dueAt(cell, 0)).isEqualTo(dueAt(cell, 7));
    }

    /** The first second of this interval in which it is due, where the service starts at another one. */
    private static int dueAt(Cell cell, int from) {
        CheckpointTimes times = new CheckpointTimes(EVERY);
        for (int second = from; second <= 600; second++) {
            cell.row().setClockMs(second * 1_000L);
            if (times.isDue(cell)) {
                return second;
            }
        }
        throw new AssertionError("never due");
    }
}
