package io.gamestream.router;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session: what its cell said last, or what the gate answered; neither where its request is under way.
 *
 * @param at ms since 1970, of the record: when what it follows from was said, which may be before what was told before it
 * @param offset of the record; of a player's assignments the highest is the newest
 * @param version grows with each news of this router; what long polls compare
 */
record Known(
        String sessionId,
        String playerId,
        @Nullable Assignment assignment,
        @Nullable TicketAnswer answer,
        long at,
        long offset,
        long version) {

    boolean hasSlot() {
        return assignment != null
                && switch (assignment.getStatus()) {
                    case GRANTED, STARTING, ACTIVE, RESUMABLE -> true;
                    case QUEUED, HANDED_BACK, ENDED, UNKNOWN -> false;
                };
    }

    boolean isOver() {
        return answer != null || (assignment != null && assignment.getStatus() == SessionStatus.ENDED);
    }

    /** Whether a request that waits can be answered with it. */
    boolean isOutcome() {
        return answer != null || (assignment != null && assignment.getStatus() != SessionStatus.HANDED_BACK);
    }
}
