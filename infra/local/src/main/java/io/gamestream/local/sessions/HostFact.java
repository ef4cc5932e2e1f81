package io.gamestream.local.sessions;

/**
 * Something that a host truly did, whatever it has told anybody.
 *
 * @param at ms of the one clock of all hosts and players, which never goes back
 * @param clock ms of the host's own clock, which may be far from it
 * @param bootId empty for one that has died
 * @param slot -1 where it is about the host
 * @param sessionId empty where it is about the host
 * @param detail why, for people
 */
public record HostFact(
        long at,
        long clock,
        Kind kind,
        String hostId,
        String cellId,
        String bootId,
        int slot,
        long token,
        String sessionId,
        String playerId,
        String detail) {

    /** What it did. */
    public enum Kind {
        BOOTED,
        /** With all that it ran. */
        DIED,
        /** A router has acknowledged a heartbeat, which renews the lease; {@code at} is when that was sent. */
        ACKNOWLEDGED,
        /** The slot is the session's from now on. */
        TAKEN,
        /** Its player is connected. */
        STREAMS,
        /** Its player's connection is gone, and the session runs. */
        WAITS,
        /** It runs no more. */
        STOPPED
    }
}
