package io.gamestream.topology.catalog;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of committed records has seen of one topic so far. */
final class ViewReader<T extends SpecificRecord> implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<T> deserializer;
    private final String topic;
    private final Map<String, T> latest = new TreeMap<>();
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    ViewReader(Stack stack, TopicSpec topic, Class<T> type) {
        this.topic = topic.name();
        consumer = new KafkaConsumer<>(
                KafkaClients.consumer(stack.kafka(), "view-reader"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        deserializer = new AvroSerdes(stack.registry()).valueSerde(type).deserializer();
        List<TopicPartition> partitions = consumer.partitionsFor(this.topic).stream()
                .map(info -> new TopicPartition(this.topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The newest value of each key, after reading what has come since the last call. */
    Map<String, T> latest() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            records.add(record);
            if (record.value() == null) {
                latest.remove(record.key());
            } else {
                latest.put(record.key(), deserializer.deserialize(topic, record.value()));
            }
        }
        return latest;
    }

    /** As they came. */
    List<ConsumerRecord<String, byte[]>> records() {
        latest();
        return records;
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
