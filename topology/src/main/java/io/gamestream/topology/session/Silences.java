package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellCapacity;
import java.util.HashMap;
import java.util.Map;

/**
 * How long cells have told nothing, by the clock of the one who listens. What cells say of the time isn't compared with what
 * anybody else says: one clock of a ticker or of a router that is a few seconds wrong would make cells look dead for ever.
 */
final class Silences {

    private final Map<String, Heard> heard = new HashMap<>();

    /** What a cell has told last, which may be what is known already; {@code now} in ms. */
    void see(CellCapacity capacity, long now) {
        heard.compute(
                capacity.getCellId(),
                (cell, before) ->
                        before != null && before.at() == capacity.getAt() ? before : new Heard(capacity.getAt(), now));
    }

    /** In ms; 0 for a cell that was never seen. */
    long silentMs(String cellId, long now) {
        Heard last = heard.get(cellId);
        return last == null ? 0 : now - last.since();
    }

    /** What was told last, by the cell's clock, and when it was seen first, by the listener's. */
    private record Heard(long at, long since) {}
}
