package io.gamestream.local.sessions;

/**
 * Something that a player asked or was told.
 *
 * @param at ms of the one clock of all hosts and players
 * @param key the Idempotency-Key of the request that it goes back to; empty where that isn't known
 * @param sessionId empty where none was named
 * @param status of HTTP; 0 where there was no answer
 * @param text the state that was told, or the body of a refusal
 */
public record PlayerFact(long at, Kind kind, String playerId, String key, String sessionId, int status, String text) {

    /** What it was. */
    public enum Kind {
        /** A request for a session, each time that it is sent. */
        ASKED,
        /** What that request was answered. */
        ANSWERED,
        /** A state of the session, by its events. */
        TOLD,
        /** The player wants no more of it; each time that this is sent. */
        LEAVES,
        /** The player has heard of the end, or has stopped listening. */
        OVER
    }
}
