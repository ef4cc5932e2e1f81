package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.PlayerRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Goes round the players of a task, some at a time, and finds those of whom nothing has to be known any more. */
final class PlayerSweep {

    /** With one sweep a second: a million players in half an hour, for some milliseconds of each second. */
    private static final int MOST_ROWS = 500;

    private static final long LONGEST_NS = Duration.ofMillis(20).toNanos();

    private final GatePolicy policy;
    private @Nullable String last;

    PlayerSweep(GatePolicy policy) {
        this.policy = policy;
    }

    /**
     * Some more of them; after the last one it begins again.
     *
     * @param now ms since 1970
     */
    List<String> next(KeyValueStore<String, PlayerRow> players, long now) {
        List<String> found = new ArrayList<>();
        long begin = System.nanoTime();
        int rows = 0;
        @Nullable String from = last;
        try (KeyValueIterator<String, PlayerRow> some = from == null ? players.all() : players.range(from, null)) {
            last = null;
            while (some.hasNext()) {
                KeyValue<String, PlayerRow> player = some.next();
                if (policy.forgets(player.value, now)) {
                    found.add(player.key);
                }
                if (++rows >= MOST_ROWS || System.nanoTime() - begin >= LONGEST_NS) {
                    last = some.hasNext() ? some.peekNextKey() : null;
                    break;
                }
            }
        }
        return found;
    }
}
