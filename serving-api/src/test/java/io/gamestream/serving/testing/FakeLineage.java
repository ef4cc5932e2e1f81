package io.gamestream.serving.testing;

import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.cdc.PartitionOffset;
import io.gamestream.schemas.cdc.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Plays change data capture and the catalog's progress over users, games and orders: positions and committed offsets. */
public final class FakeLineage implements AutoCloseable {

    private static final String GROUP = "catalog";
    private static final List<String> FACTS =
            List.of(TopicCatalogue.USERS.name(), TopicCatalogue.GAMES.name(), TopicCatalogue.ORDERS.name());

    private final String slot;
    private final Admin admin;
    private final KafkaProducer<String, Position> positions;
    private long lsn = 0x1_0000_0000L;
    private long fact = 100;

    public FakeLineage(Stack stack, String slot) {
        this.slot = slot;
        admin = Admin.create(KafkaClients.admin(stack.kafka(), slot + "-lineage"));
        positions = new KafkaProducer<>(
                KafkaClients.producer(stack.kafka(), slot + "-lineage"),
                new StringSerializer(),
                new AvroSerdes(stack.registry()).<Position>valueSerde().serializer());
    }

    public long nextLsn() {
        lsn += 0x100;
        return lsn;
    }

    /** One more row in every fact partition, captured up to a position. */
    public void captured(long position, Instant sourceAt) {
        fact++;
        pulse(position, sourceAt);
    }

    /** A position without rows. */
    public void pulse(long position, Instant sourceAt) {
        position(position, sourceAt, null);
    }

    /** The last position again: nothing has changed up to a moment. */
    public void verified(Instant sourceAt, Instant verifiedAt) {
        position(lsn, sourceAt, verifiedAt);
    }

    private void position(long position, Instant sourceAt, @Nullable Instant verifiedAt) {
        List<PartitionOffset> offsets = new ArrayList<>();
        partitions().forEach(at -> offsets.add(new PartitionOffset(at.topic(), at.partition(), fact)));
        Position value = Position.newBuilder()
                .setSlot(slot)
                .setLsn(position)
                .setEngineKey("{}")
                .setEngineOffset("{}")
                .setOffsets(offsets)
                .setSourceAt(sourceAt)
                .setWrittenAt(Instant.now())
                .setVerifiedAt(verifiedAt)
                .build();
        get(positions.send(new ProducerRecord<>(TopicCatalogue.POSITIONS.name(), slot, value)));
    }

    /** The catalog has committed all rows captured so far. */
    public void committed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions().forEach(at -> offsets.put(at, new OffsetAndMetadata(fact + 1)));
        get(admin.alterConsumerGroupOffsets(GROUP, offsets)
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    private static List<TopicPartition> partitions() {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : FACTS) {
            for (int i = 0; i < TopicCatalogue.USERS.partitions(); i++) {
                all.add(new TopicPartition(topic, i));
            }
        }
        return all;
    }

    private static void get(Future<?> future) {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        positions.close();
        admin.close();
    }
}
