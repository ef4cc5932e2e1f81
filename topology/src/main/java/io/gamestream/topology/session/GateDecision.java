package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one input of the gate.
 *
 * @param row to keep; null where nothing has changed
 * @param answers to players
 * @param cells records for inboxes
 * @param commands to other players' gates
 * @param ends of sessions that no cell has any more, so that none can tell
 * @param forgotten whether nothing of the player is to be kept, nor told
 */
public record GateDecision(
        @Nullable PlayerRow row,
        List<TicketAnswer> answers,
        List<CellRecord> cells,
        List<TicketCommand> commands,
        List<Assignment> ends,
        boolean forgotten) {

    /** The player has not been there for long. */
    static final GateDecision FORGOTTEN = new GateDecision(null, List.of(), List.of(), List.of(), List.of(), true);
}
