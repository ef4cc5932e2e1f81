package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.SlotEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is committed of a cell.
 *
 * @param start where the replay starts; empty for the first record of the inbox
 * @param inbox from there on
 * @param committed slot events; older ones than the start do no harm
 * @param hashes of the checkpoints on the way, by the offset of the inbox record that each has last
 */
record ReplayInput(
        Optional<Checkpoint> start,
        List<Logged<CellRecord>> inbox,
        List<Logged<SlotEvent>> committed,
        Map<Long, String> hashes) {

    /** The cell as it was at the start; anew for each caller. */
    Cell cell(CellSettings settings) {
        return start.map(checkpoint -> checkpoint.load(settings.region()))
                .orElseGet(() -> Cell.empty(settings.id(), settings.region()));
    }
}
