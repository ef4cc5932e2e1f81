package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.sessions.check.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long nothing was granted around a kill. Pure. */
final class Gaps {

    /** A pause that begins later than that has another reason. */
    private static final long SOON_MS = 12_000;

    private Gaps() {}

    /**
     * Something was done.
     *
     * @param at ms of the clock of the grants
     */
    record Disturbance(String what, long at, Duration bound) {}

    /** A lane in which nobody could be granted anything, for a while. */
    record Excuse(String lane, long from, long to) {}

    /**
     * The longest pause of any lane; lanes with an excuse at that time are left out.
     *
     * @param until when players stopped to come
     */
    static Outage outage(Disturbance disturbance, Map<String, List<Long>> grants, List<Excuse> excuses, long until) {
        long longest = grants.entrySet().stream()
                .filter(lane -> excuses.stream()
                        .noneMatch(excuse -> excuse.lane().equals(lane.getKey())
                                && excuse.from() <= disturbance.at() + 2 * SOON_MS
                                && excuse.to() >= disturbance.at()))
                .mapToLong(lane -> longest(disturbance.at(), lane.getValue(), until))
                .max()
                .orElse(0);
        return new Outage(disturbance.what(), Duration.ofMillis(longest), disturbance.bound());
    }

    /** Of the pauses that begin between the act and soon after it; what is left of the one in which it falls counts too. */
    private static long longest(long at, List<Long> times, long until) {
        long before = at;
        long longest = 0;
        for (long time : times) {
            if (time >= at && before <= at + SOON_MS) {
                longest = Math.max(longest, time - before);
                before = time;
            }
        }
        return before <= at + SOON_MS ? Math.max(longest, until - before) : longest;
    }
}
