package io.gamestream.local.sessions;

import java.util.Locale;

/**
 * How the players are, for a status line.
 *
 * @param slots of all hosts
 * @param requests since the start
 * @param waiting players in line now
 * @param line what the last one of them was told
 * @param playing players with a slot now
 * @param ended sessions that were played
 * @param abandoned players who left the line
 * @param refused requests that were refused
 * @param moved sessions that were moved to another host
 * @param connected times that a host has let a player in
 * @param ticketsRefused times that a host has not believed a ticket
 * @param twice sessions that ran on two hosts at once, by the hosts' own word
 * @param retries requests that had to be repeated
 */
public record SessionCounters(
        int slots,
        long requests,
        long waiting,
        String line,
        long playing,
        long ended,
        long abandoned,
        long refused,
        long moved,
        long connected,
        long ticketsRefused,
        long twice,
        long retries) {

    /** One line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "sessions: %,d on %,d slots, %,d wait", playing, slots, waiting));
        if (!line.isEmpty()) {
            text.append(" (").append(line).append(')');
        }
        text.append(String.format(Locale.ROOT, ", %,d played", ended));
        append(text, abandoned, "gave up");
        append(text, moved, "moved");
        append(text, refused, "refused");
        append(text, retries, "asked again");
        append(text, twice, "RAN TWICE");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(String.format(Locale.ROOT, ", %,d %s", count, what));
        }
    }
}
