package io.gamestream.serving.sessions;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionStatus;
import java.nio.charset.StandardCharsets;

/**
 * What is known of a session, ready to be sent.
 *
 * @param status ended ones are forgotten after a while
 * @param source that it was read from
 * @param offset there, in the player's partition
 * @param at ms since 1970, of that record
 * @param members of the JSON object, without the opening brace
 */
record SessionEntry(
        String playerId, Place place, SessionStatus status, Source source, long offset, long at, String members) {

    /** What tells of sessions. */
    enum Source {
        /** Where each is. */
        ASSIGNMENT,
        /** How each has ended; the last word. */
        END
    }

    static SessionEntry of(Assignment assignment, Place place, long offset, long at) {
        return new SessionEntry(
                assignment.getPlayerId(),
                place,
                assignment.getStatus(),
                Source.ASSIGNMENT,
                offset,
                at,
                text(SessionJson.render(assignment, at)));
    }

    static SessionEntry of(SessionEvent ended, Place place, long offset, long at) {
        return new SessionEntry(
                ended.getPlayerId(),
                place,
                SessionStatus.ENDED,
                Source.END,
                offset,
                at,
                text(SessionJson.render(ended, at)));
    }

    boolean hasEnded() {
        return status == SessionStatus.ENDED;
    }

    /** Whether it says more than another one of the same session: records are met again after a break, and in any order. */
    boolean isNewerThan(SessionEntry other) {
        return source == other.source ? offset > other.offset : source == Source.END;
    }

    private static String text(byte[] members) {
        return new String(members, StandardCharsets.UTF_8);
    }
}
