package io.gamestream.topology.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When cells are kept: once an interval, by their own clocks, each at a moment of its own. A checkpoint is a whole cell in the
 * transaction of one tick; all cells of a task in one (a million sessions are 274 MB) take longer than an instance may be silent,
 * and it would be fenced at every start.
 */
final class CheckpointTimes {

    private final long everyMs;
    private final Map<String, Long> last = new HashMap<>();

    CheckpointTimes(Duration every) {
        this.everyMs = every.toMillis();
    }

    /** Whether the cell is to be kept now; after that, not before the next interval. */
    boolean isDue(Cell cell) {
        long interval = (cell.clock() + momentMs(cell.id())) / everyMs;
        Long before = last.put(cell.id(), interval);
        return before != null && before != interval;
    }

    /** Spread over the interval, and the same after each start, so that a service that starts often still keeps its cells. */
    private long momentMs(String cellId) {
        // Multiplied by the golden ratio, ids that differ in a digit are far from each other.
        return Math.floorMod(cellId.hashCode() * 0x9E3779B97F4A7C15L, everyMs);
    }
}
