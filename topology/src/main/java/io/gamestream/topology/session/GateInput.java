package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.TicketCommand;

/** What the gate hears of a player. */
public sealed interface GateInput {

    /** Something is asked. */
    record Asked(TicketCommand command) implements GateInput {}

    /**
     * A cell tells where the session is.
     *
     * @param at ms since 1970, of the record
     */
    record Told(Assignment assignment, long at) implements GateInput {}
}
