package io.gamestream.serving.changes;

import io.gamestream.serving.changes.StreamPosition.Offsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Whether a client can go on from its position without missing anything: a pure rule over what Kafka says about the topic.
 *
 * @param topicId of the topic as it is now
 * @param beginnings offset by partition of the first record that is kept
 * @param ends offset by partition that the next record gets
 * @param tombstonesKept how long the topic keeps a delete before compaction may remove it
 */
record ResumeCheck(Uuid topicId, Offsets beginnings, Offsets ends, Duration tombstonesKept) {

    /** For clocks that differ and for what was on its way when the position was taken. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Why not; empty where it can. The text is fit for JSON as it is. */
    Optional<String> refusal(StreamPosition position, long nowMillis) {
        if (!position.topicId().equals(topicId)) {
            return Optional.of("the view was made anew since this id was given");
        }
        for (int partition = 0; partition < ends.partitions(); partition++) {
            if (position.next().of(partition) > ends.of(partition)) {
                return Optional.of("the view's log ends before this id: it was cut or made anew");
            }
        }
        for (int partition = 0; partition < beginnings.partitions(); partition++) {
            if (position.next().of(partition) < beginnings.of(partition)) {
                return Optional.of("changes after this id were removed from the view's log");
            }
        }
        Duration away = Duration.ofMillis(nowMillis - position.completeMillis());
        if (away.compareTo(tombstonesKept.minus(MARGIN)) > 0) {
            return Optional.of("deletes after this id may have been removed from the view's log, which keeps them for "
                    + tombstonesKept.toSeconds() + " s");
        }
        return Optional.empty();
    }

    /** The position of a client that has nothing and wants all; complete as of now once it has come to the end. */
    StreamPosition beginning(char view, long nowMillis) {
        return new StreamPosition(view, topicId, nowMillis, beginnings);
    }

    /** Puts offsets by partition in order. */
    static Offsets offsets(Map<Integer, Long> byPartition) {
        Map<Integer, Long> all = new HashMap<>(byPartition);
        long[] offsets = new long[all.size()];
        for (int partition = 0; partition < offsets.length; partition++) {
            offsets[partition] = all.getOrDefault(partition, 0L);
        }
        return new Offsets(offsets);
    }
}
