package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.CellRow;
import java.util.List;
import java.util.TreeMap;

/** SHA-256 over all that a cell is: two cells with the same one decide the same from there on. */
final class CellHash {

    private CellHash() {}

    static String of(Cell cell) {
        AvroHash hash = new AvroHash();
        hash.add(cell.policyText());
        // A map that was read is not always in the order of the one that was written.
        hash.addAll(List.of(CellRow.newBuilder(cell.row())
                .setReleases(new TreeMap<>(cell.row().getReleases()))
                .build()));
        hash.addAll(cell.hostRows());
        hash.addAll(Checkpoint.tickets(cell));
        return hash.value();
    }
}
