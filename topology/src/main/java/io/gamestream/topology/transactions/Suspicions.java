package io.gamestream.topology.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which open transactions are hanging. A partition and a coordinator are asked one after the other, so one round may see a
 * transaction that is just ending; one that no coordinator knew of in any round for long enough is hanging. Not thread-safe.
 */
final class Suspicions {

    private final Duration after;
    private final Map<OpenTransaction, Long> since = new HashMap<>();

    /** @param after how long a transaction must have been unknown */
    Suspicions(Duration after) {
        this.after = after;
    }

    /**
     * A round.
     *
     * @param open what partitions hold open
     * @param known what coordinators, asked afterwards, say of each producer
     * @param nowNanos of a clock that only goes forward
     * @return the hanging ones
     */
    List<Hanging> hanging(Collection<OpenTransaction> open, Map<Long, CoordinatorRecord> known, long nowNanos) {
        Map<OpenTransaction, Long> before = Map.copyOf(since);
        since.clear();
        List<Hanging> hanging = new ArrayList<>();
        for (OpenTransaction one : open) {
            CoordinatorRecord last = known.get(one.producerId());
            if (last != null && last.covers(one)) {
                continue;
            }
            long first = before.getOrDefault(one, nowNanos);
            since.put(one, first);
            if (nowNanos - first >= after.toNanos()) {
                hanging.add(Hanging.of(one, last));
            }
        }
        return hanging;
    }

    /** After a round that saw only a part: nothing is known to have been hanging all the time. */
    void forget() {
        since.clear();
    }

    int size() {
        return since.size();
    }
}
