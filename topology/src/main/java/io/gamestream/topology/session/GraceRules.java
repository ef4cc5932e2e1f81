package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.sessions.SlotState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a session waits for its player. Each time it may be for a resume window, and all times together for the policy's
 * total: a player who only comes and goes would hold the slot for ever. By the cell's clock, as all deadlines. Pure.
 */
final class GraceRules {

    private static final long ISNT = -1;

    private GraceRules() {}

    /** Of a session that comes into GRACE now; never nothing, since every slot that isn't free has a deadline. */
    static Duration window(CellPolicy policy, @Nullable SessionRow session) {
        long used = session == null ? 0 : session.getGraceMs();
        long left = policy.graceTotal().toMillis() - used;
        return Duration.ofMillis(Math.max(1, Math.min(policy.grace().toMillis(), left)));
    }

    /** Until when a session in GRACE waits whose player is coming: for the time of a start, as far as that is left. */
    static long comingUntil(CellStep step, SessionRow session) {
        long now = step.cell().clock();
        if (session.getGraceSince() == ISNT) {
            // In GRACE since before that was kept: from now on, or each word that the player is coming would begin
            // anew.
            session.setGraceSince(now);
        }
        long left = step.policy().graceTotal().toMillis() - session.getGraceMs() - (now - session.getGraceSince());
        return now + Math.min(step.policy().start().toMillis(), left);
    }

    static void clock(CellStep step, SessionRow session, SlotState from, SlotState to) {
        long now = step.cell().clock();
        if (from == SlotState.GRACE && session.getGraceSince() != ISNT) {
            session.setGraceMs(session.getGraceMs() + now - session.getGraceSince());
            session.setGraceSince(ISNT);
        }
        if (to == SlotState.GRACE) {
            session.setGraceSince(now);
        }
    }
}
