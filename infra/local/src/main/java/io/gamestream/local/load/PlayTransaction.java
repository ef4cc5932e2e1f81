package io.gamestream.local.load;

import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.schemas.load.LoadProgress;
import io.gamestream.schemas.load.PartitionRange;
import io.gamestream.schemas.sessions.Play;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes batches of plays, each in one transaction with the progress that it makes. */
final class PlayTransaction {

    private final Producer<String, SpecificRecord> producer;
    private final LoadProgress identity;
    private final TreeMap<Integer, PartitionRange> ranges = new TreeMap<>();
    private long records;

    PlayTransaction(Producer<String, SpecificRecord> producer, LoadProgress start) {
        this.producer = producer;
        this.identity = start;
        this.records = start.getRecords();
        start.getRanges().forEach(range -> ranges.put(range.getPartition(), range));
    }

    void write(List<Play> plays) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(plays.size());
        for (Play play : plays) {
            sent.add(producer.send(new ProducerRecord<>(
                    identity.getTopic(), null, play.getEndedAt().toEpochMilli(), play.getUserId(), play)));
        }
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata where = one.get();
            ranges.merge(
                    where.partition(),
                    new PartitionRange(where.partition(), where.offset(), where.offset()),
                    (old, now) -> new PartitionRange(old.getPartition(), old.getFirst(), now.getLast()));
        }
        records += plays.size();
        LoadProgress now = LoadProgress.newBuilder(identity)
                .setRecords(records)
                .setRanges(List.copyOf(ranges.values()))
                .setWrittenAt(Instant.now())
                .build();
        Future<RecordMetadata> kept = producer.send(new ProducerRecord<>(
                ProgressLog.PARTITION.topic(), ProgressLog.PARTITION.partition(), identity.getLoad(), now));
        ProducerTransactions.commit(producer, ExactlyOnceLoad.PATIENCE);
        kept.get();
    }
}
