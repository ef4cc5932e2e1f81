package io.gamestream.runtime.kafka;

import io.gamestream.runtime.connection.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The start of each kind of client's properties; whoever needs something else puts it on top. */
public final class KafkaClients {

    private KafkaClients() {}

    /** Reads what is committed and commits only what it is told to; a group id is the caller's to add. */
    public static Map<String, Object> consumer(KafkaSettings settings, String clientId) {
        Map<String, Object> all = any(settings, clientId);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    /** Loses and reorders nothing. */
    public static Map<String, Object> producer(KafkaSettings settings, String clientId) {
        Map<String, Object> all = any(settings, clientId);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return all;
    }

    /** An administration client. */
    public static Map<String, Object> admin(KafkaSettings settings, String clientId) {
        return any(settings, clientId);
    }

    private static Map<String, Object> any(KafkaSettings settings, String clientId) {
        Map<String, Object> all = new HashMap<>(settings.clientProperties());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // Brokers that all moved while we were away are found again through the bootstrap servers.
        all.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
        // The default of 1 s after a broker's restart is most of a fast recovery.
        all.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        // Pushes our metrics to a broker plug-in that nobody here has; we are scraped.
        all.putIfAbsent("enable.metrics.push", false);
        return all;
    }
}
