package io.gamestream.serving.view;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells each table how far its consumer has fetched. Streams knows only offsets of records; with transactional writers the
 * log goes on after the last record, and a reader who waits for the end would wait for ever.
 */
public final class PolledOffsets implements ConsumerInterceptor<byte[], byte[]> {

    /** Configuration key under which the process's {@link ViewRegistry} is given. */
    static final String REGISTRY = "serving.view.registry";

    private ViewRegistry registry = new ViewRegistry(Map.of());

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(REGISTRY) instanceof ViewRegistry given) {
            registry = given;
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                records.nextOffsets().entrySet()) {
            TopicPartition at = next.getKey();
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(at);
            long last = fetched.isEmpty() ? -1 : fetched.get(fetched.size() - 1).offset();
            registry.table(at.topic(), at.partition())
                    .ifPresent(table -> table.polled(last, next.getValue().offset()));
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
