package io.gamestream.router;

import io.gamestream.schemas.sessions.CellCapacity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each cell told last. Written by the reader's thread, read by all. */
final class CellTable {

    private record Told(CellCapacity capacity, long offset) {}

    private final Map<String, Told> cells = new ConcurrentHashMap<>();

    /** What was told before is passed over: after a break the log is read again, and its beginning may have a longer lease. */
    void tell(CellCapacity capacity, long offset) {
        cells.merge(
                capacity.getCellId(),
                new Told(capacity, offset),
                (before, now) -> now.offset() < before.offset() ? before : now);
    }

    Optional<CellCapacity> find(String cellId) {
        return Optional.ofNullable(cells.get(cellId)).map(Told::capacity);
    }
}
