package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellRecord;

/** What the processor of cells passes on. */
sealed interface CellOutput {

    /** A record was decided. */
    record Decided(CellDecision decision) implements CellOutput {}

    /** The cell as it is is to be kept. */
    record Kept(Checkpoint checkpoint) implements CellOutput {}

    /** A record for the cell's own inbox: time, or its policy. */
    record Own(CellRecord record) implements CellOutput {}
}
