package io.gamestream.cdc.position;

import io.gamestream.schemas.cdc.PartitionOffset;
import io.gamestream.schemas.cdc.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A position with what it covers; the record of {@code cdc.positions.v1} in the capture's own terms.
 *
 * @param lsn every row of every transaction that ends at or below it is in Kafka; 0 during the first snapshot
 * @param offsets of the last record written, by fact partition, since the capture began
 * @param sourceAt commit time of the newest row covered
 * @param verifiedAt when the log was last seen read to its end, by the database's clock; null where it was not
 */
public record Checkpoint(
        long lsn,
        Progress progress,
        Map<TopicPartition, Long> offsets,
        Instant sourceAt,
        @Nullable Instant verifiedAt) {

    public Checkpoint {
        offsets = Map.copyOf(offsets);
    }

    /** The same, for a capture of these tables. */
    public Checkpoint capturing(Collection<String> tables) {
        return new Checkpoint(lsn, progress.of(tables), offsets, sourceAt, verifiedAt);
    }

    /** The record's value. */
    public Position toPosition(String slot, Instant now) {
        List<PartitionOffset> all = offsets.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<TopicPartition, Long> e) ->
                                e.getKey().topic())
                        .thenComparing(e -> e.getKey().partition()))
                .map(e -> new PartitionOffset(e.getKey().topic(), e.getKey().partition(), e.getValue()))
                .toList();
        return Position.newBuilder()
                .setSlot(slot)
                .setLsn(lsn)
                .setEngineKey("{\"server\":\"" + slot + "\"}")
                .setEngineOffset(ProgressJson.write(progress))
                .setOffsets(all)
                .setSourceAt(sourceAt)
                .setWrittenAt(now)
                .setVerifiedAt(verifiedAt)
                .build();
    }

    /** What a record says. */
    public static Checkpoint of(Position position) {
        Map<TopicPartition, Long> offsets = position.getOffsets().stream()
                .collect(java.util.stream.Collectors.toMap(
                        o -> new TopicPartition(o.getTopic(), o.getPartition()), PartitionOffset::getOffset));
        return new Checkpoint(
                position.getLsn(),
                ProgressJson.read(position.getEngineOffset()),
                offsets,
                position.getSourceAt(),
                position.getVerifiedAt());
    }
}
