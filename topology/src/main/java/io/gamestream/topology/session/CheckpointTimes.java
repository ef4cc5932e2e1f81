package io.gamestream.topology.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** When cells are kept: by their own clocks, and once after each start, since what was kept before may be an interval old. */
final class CheckpointTimes {

    private final long everyMs;
    private final Map<String, Long> last = new HashMap<>();

    CheckpointTimes(Duration every) {
        this.everyMs = every.toMillis();
    }

    /** Whether the cell is to be kept now; after that, not before the next interval. */
    boolean isDue(Cell cell) {
        long interval = cell.clock() / everyMs;
        Long before = last.put(cell.id(), interval);
        return before == null || before != interval;
    }
}
