package io.gamestream.cdc.it;

import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a topic as a consumer outside would: read_committed, by the schema that the registry has for each record's id. */
final class TopicReader implements AutoCloseable {

    /** A record with its value decoded; null for a tombstone. */
    record Fact(
            String key,
            @Nullable GenericRecord value,
            Map<String, String> headers,
            long timestamp,
            int partition,
            long offset) {

        long lsn() {
            return Long.parseLong(Objects.requireNonNull(headers.get("lsn")));
        }

        String op() {
            return Objects.requireNonNull(headers.get("op"));
        }
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final boolean avro;
    private final SchemaRegistryClient registry;
    private final List<Fact> all = new ArrayList<>();

    TopicReader(Stack stack, String topic) {
        this(stack, topic, true);
    }

    /** Where the values aren't Avro, they are put among the headers as {@code value}. */
    TopicReader(Stack stack, String topic, boolean avro) {
        this.avro = avro;
        Map<String, Object> properties = new HashMap<>(stack.kafka().clientProperties());
        properties.put("isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.registry = SchemaRegistryClient.create(stack.registry().serdeProperties());
        // Made by the capture, in its own time.
        await().atMost(Duration.ofSeconds(30)).until(() -> consumer.listTopics().containsKey(topic));
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything committed so far, in the order of reading; an empty poll alone says only that the broker was slow. */
    List<Fact> all() {
        Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
        int before;
        do {
            before = all.size();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(150))) {
                all.add(decode(record));
            }
        } while (all.size() > before || !hasReached(end));
        return all;
    }

    private boolean hasReached(Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(each -> consumer.position(each.getKey()) >= each.getValue());
    }

    /** What a table of the topic holds: the last value of each key. */
    Map<String, GenericRecord> table() {
        Map<String, GenericRecord> table = new LinkedHashMap<>();
        for (Fact fact : all()) {
            if (fact.value == null) {
                table.remove(fact.key);
            } else {
                table.put(fact.key, fact.value);
            }
        }
        return table;
    }

    /** What each key of {@link Workload}'s form has gone through: versions, or {@link Workload#DELETED}. */
    Map<String, List<String>> history() {
        Map<String, List<String>> history = new HashMap<>();
        for (Fact fact : all()) {
            history.computeIfAbsent(fact.key, key -> new ArrayList<>())
                    .add(
                            fact.value == null
                                    ? Workload.DELETED
                                    : fact.value.get("version").toString());
        }
        return history;
    }

    private Fact decode(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        byte[] value = record.value();
        if (!avro && value != null) {
            headers.put("value", new String(value, StandardCharsets.UTF_8));
        }
        return new Fact(
                record.key(),
                value == null || !avro ? null : decode(value),
                headers,
                record.timestamp(),
                record.partition(),
                record.offset());
    }

    private GenericRecord decode(byte[] framed) {
        int id = ByteBuffer.wrap(framed).getInt(1);
        Schema schema = registry.schema(id).orElseThrow();
        GenericData model = new GenericData();
        try {
            return new GenericDatumReader<GenericRecord>(schema, schema, model)
                    .read(null, DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
