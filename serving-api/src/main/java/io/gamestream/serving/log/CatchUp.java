package io.gamestream.serving.log;

import io.gamestream.runtime.http.Readiness;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer is on its way to where the logs ended when it started. */
final class CatchUp {

    private final Map<TopicPartition, Long> missing;
    private final long total;
    private long left;

    /** @param ends offsets to reach; a log that is empty is reached at once */
    CatchUp(Map<TopicPartition, Long> ends) {
        this.missing = new HashMap<>(ends);
        this.total = ends.values().stream().mapToLong(Long::longValue).sum();
        this.left = total;
    }

    /** Whether every end has been reached. */
    boolean done(Consumer<?, ?> consumer) {
        left = 0;
        missing.entrySet().removeIf(end -> {
            long toGo = end.getValue() - consumer.position(end.getKey());
            left += Math.max(0, toGo);
            return toGo <= 0;
        });
        return missing.isEmpty();
    }

    /** Offsets, of which compaction and transactions leave out some: good enough to see it move. */
    Readiness.Status status() {
        double progress = total == 0 ? 1 : (double) (total - left) / total;
        return Readiness.Status.waiting((total - left) + " of " + total + " offsets read", progress);
    }
}
