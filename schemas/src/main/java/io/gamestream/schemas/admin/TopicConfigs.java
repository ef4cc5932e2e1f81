package io.gamestream.schemas.admin;

import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** A topic's configuration, from its place in the catalogue. Pure. */
public final class TopicConfigs {

    /** From here on, one replica may be down without a write being refused or lost. */
    private static final int REPLICAS_FOR_MIN_ISR = 3;

    private TopicConfigs() {}

    /** What is set on the topic; everything else is left to the cluster's defaults. */
    public static Map<String, String> of(TopicSpec topic, int replicationFactor) {
        Map<String, String> configs = new TreeMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy());
        if (topic.cleanup() != Cleanup.DELETE) {
            compacted(configs);
        }
        if (topic.cleanup() != Cleanup.COMPACT) {
            Duration retention = topic.retention();
            configs.put(
                    TopicConfig.RETENTION_MS_CONFIG, retention == null ? "-1" : Long.toString(retention.toMillis()));
        }
        if (topic.schema() == null) {
            // A dead letter is the record that failed, which may be as large as the broker's default of 1 MiB allows,
            // plus
            // headers that tell why, with a stack trace. It must never be refused for its size: it would be lost then.
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(10 * 1024 * 1024));
        }
        if (replicationFactor >= REPLICAS_FOR_MIN_ISR) {
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return configs;
    }

    private static void compacted(Map<String, String> configs) {
        // Whoever starts anew reads the whole topic. By default half of it may be stale values; a tenth costs the
        // cleaner
        // little, since these topics are small beside its throughput.
        configs.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
        // The active segment is never compacted: with the default of 1 GiB a quiet topic isn't compacted at all.
        configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024));
        // However quiet the topic, a deleted or overwritten value (an account's data) is gone from the log after two
        // days
        // at the latest. Rolls the active segment too, so that segment.ms needn't be set.
        configs.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofDays(1)));
        // A reader that was away must still meet the tombstones of what was deleted meanwhile, or it keeps those rows
        // for
        // ever. A week is longer than any reader stays away and resumes; the default of a day isn't.
        configs.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(Duration.ofDays(7)));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
