package io.gamestream.chaos.sessions.check;

/**
 * Something that does not hold.
 *
 * @param subject a slot, a session, a player, a cell
 * @param detail enough to find it in the evidence
 */
public record Finding(Gate gate, String subject, String detail) {

    @Override
    public String toString() {
        return gate + " " + subject + ": " + detail;
    }
}
