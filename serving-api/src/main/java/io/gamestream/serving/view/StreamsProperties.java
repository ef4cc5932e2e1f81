package io.gamestream.serving.view;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is configured here, and why. */
final class StreamsProperties {

    private StreamsProperties() {}

    /** @param self host:port, by which other instances reach this one */
    static Properties of(KafkaSettings kafka, ViewSettings settings, String self, ViewRegistry registry) {
        Properties all = new Properties();
        all.putAll(KafkaClients.admin(kafka, settings.applicationId()));
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        // Views are set, not added to: a record twice does no harm, and exactly-once would cost latency.
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        // A poll ends with the first record that comes, and a commit is done between two polls: a quarter of its
        // interval late at most. Every 5 ms, an idle thread is busy asking: 3 % of a core.
        all.put(
                StreamsConfig.POLL_MS_CONFIG,
                Math.max(1, settings.commitInterval().toMillis() / 4));
        // The views of one task are independent: none waits for records of another.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        // The smallest that is allowed: an instance that has caught up takes its share within a minute, not ten.
        all.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ViewExceptionHandler.class);
        all.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, TopicCatalogue.SERVING_DEAD_LETTERS.name());
        consumers(all, settings, registry);
        all.putAll(settings.properties());
        return all;
    }

    private static void consumers(Properties all, ViewSettings settings, ViewRegistry registry) {
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG), PolledOffsets.class.getName());
        all.put(StreamsConfig.consumerPrefix(PolledOffsets.REGISTRY), registry);
        // While a fetch is under way, what comes for a partition that it doesn't name waits for its end.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 20);
        // Loading a view is one long read: larger fetches than the default 500 records a poll.
        all.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5_000);
        if (settings.groupProtocol().equals("classic")) {
            long session = settings.sessionTimeout().toMillis();
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), Math.toIntExact(session));
            all.put(
                    StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                    Math.toIntExact(Math.max(1, session / 4)));
        }
    }
}
