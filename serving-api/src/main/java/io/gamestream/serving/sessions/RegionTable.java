package io.gamestream.serving.sessions;

import io.gamestream.schemas.sessions.CellCapacity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What each cell told last. Written by one thread, read by all. */
final class RegionTable {

    private final Map<String, CellCapacity> cells = new ConcurrentSkipListMap<>();

    void put(CellCapacity capacity) {
        cells.put(capacity.getCellId(), capacity);
    }

    int cells() {
        return cells.size();
    }

    /** The cells of a region in the order of their ids; none for a region that no cell has told of. */
    List<CellCapacity> region(String id) {
        return cells.values().stream()
                .filter(cell -> cell.getRegion().equals(id))
                .toList();
    }

    /** All of them, by region, in the order of the names. */
    Map<String, Collection<CellCapacity>> regions() {
        Map<String, Collection<CellCapacity>> regions = new TreeMap<>();
        cells.values().forEach(cell -> regions.computeIfAbsent(cell.getRegion(), id -> new ArrayList<>())
                .add(cell));
        return regions;
    }
}
