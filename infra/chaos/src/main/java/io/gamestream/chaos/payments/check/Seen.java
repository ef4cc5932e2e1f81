package io.gamestream.chaos.payments.check;

import java.util.Map;

/**
 * Records by their place, as a {@code read_committed} reader saw them: while things died, and at the end.
 *
 * @param live digest of each record seen during the run, by {@code topic-partition@offset}
 * @param last the same at the end
 */
public record Seen(Map<String, Long> live, Map<String, Long> last) {

    public static final Seen NOTHING = new Seen(Map.of(), Map.of());

    public Seen {
        live = Map.copyOf(live);
        last = Map.copyOf(last);
    }
}
