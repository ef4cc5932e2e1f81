package io.gamestream.topology.streams;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** The house's properties of a Kafka Streams application; each that isn't the default says why. */
final class StreamsProperties {

    private StreamsProperties() {}

    static Properties of(StreamsSpec spec, Map<String, Object> clientProperties, StreamsSettings settings) {
        Properties all = new Properties();
        all.putAll(clientProperties);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.applicationId());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, spec.guarantee().value());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, spec.tuning().threads());
        all.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        latency(all, spec);
        deadLetters(all, spec);
        group(all, spec, settings);
        memory(all, settings);
        // A name that Kafka Streams makes up changes with the topology around it, and the state behind it is lost.
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        all.putAll(settings.properties());
        return all;
    }

    private static void latency(Properties all, StreamsSpec spec) {
        StreamsTuning tuning = spec.tuning();
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, tuning.commitInterval().toMillis());
        all.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                tuning.linger().toMillis());
        // A commit is done between two polls, and one that finds nothing lasts so long: with the default of 100 ms an
        // exactly-once hop takes 115 ms instead of 25. Every 5 ms, an idle thread is busy asking: 3 % of a core.
        all.put(
                StreamsConfig.POLL_MS_CONFIG,
                Math.max(1, tuning.commitInterval().toMillis() / 4));
        if (tuning.fetchWait().toMillis() > 0) {
            // Input comes in many small transactions, and each of them would end a fetch of the few partitions that it
            // names.
            all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1 << 20);
            all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), (int)
                    tuning.fetchWait().toMillis());
        }
        if (spec.guarantee() == Guarantee.EXACTLY_ONCE) {
            // A transaction's first batches are refused with CONCURRENT_TRANSACTIONS while the broker completes the one
            // before; those in flight behind them are then refused as out of order, and each waits for the back-off,
            // 100 ms by default. With one in flight and a short back-off a backlog drains at full speed.
            all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
            all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        }
        // Of stores that ask for a cache only; it is flushed into each commit, or before when it is full.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 4 << 20);
    }

    private static void deadLetters(Properties all, StreamsSpec spec) {
        all.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, spec.deadLetters());
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnprocessableRecords.class);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnwritableRecords.class);
        all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class);
        // Of global stores too; unset, each start warns of it.
        all.put("processing.exception.handler.global.enabled", true);
    }

    private static void group(Properties all, StreamsSpec spec, StreamsSettings settings) {
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol());
        all.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
        all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        if (settings.groupProtocol().equals("classic")) {
            int session = (int) settings.sessionTimeout().toMillis();
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
            // Also how soon a member hears of a rebalance.
            all.put(
                    StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                    Math.min(1_000, session / 3));
            if (spec.guarantee() == Guarantee.EXACTLY_ONCE) {
                // What a killed instance has begun must be over when another one gets its partitions: that one reads
                // nothing before. With the default of 10 s, grants stood still for 19 s after a kill.
                all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), session);
            }
        }
    }

    private static void memory(Properties all, StreamsSettings settings) {
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(BoundedRocksDb.BYTES, settings.rocksdbBytes());
        // The record buffer of a backlog; the default is 1,000 records of any size per partition.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 8 << 20);
    }
}
