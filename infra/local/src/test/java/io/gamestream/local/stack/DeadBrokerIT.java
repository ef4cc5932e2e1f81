package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.metadata.LeaderConstants;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's metadata say of its leadership, which decides whether what it was committing gets its markers. */
class DeadBrokerIT {

    @TempDir
    Path dir;

    @Test
    void anOrderlyStopLeavesEachPartitionWithItsLeaderAndTheNextStartTakesAllOfThemBeforeItGivesThemBack()
            throws Exception {
        EmbeddedKafka.start(dir, LocalPorts.free()).close();
        List<Integer> first = leaders();
        assertThat(first).hasSizeGreaterThan(10).doesNotContain(LeaderConstants.NO_LEADER);

        EmbeddedKafka.start(dir, LocalPorts.free()).close();
        List<Integer> second = leaders();
        second = second.subList(first.size(), second.size());
        assertThat(second.subList(0, first.size())).containsOnly(LeaderConstants.NO_LEADER);
        assertThat(second.subList(first.size(), second.size()))
                .hasSameSizeAs(first)
                .containsOnly(BrokerProperties.NODE_ID);
    }

    @Test
    void aNodeThatDiedBeforeItsBrokerWasRegisteredStarts() throws Exception {
        Files.createDirectory(dir.resolve("__cluster_metadata-0"));
        EmbeddedKafka.start(dir, LocalPorts.free()).close();
        assertThat(leaders()).hasSizeGreaterThan(10).doesNotContain(LeaderConstants.NO_LEADER);
    }

    /** Of partitions as they were made, and with each change, in the order of the log. */
    private List<Integer> leaders() throws IOException {
        List<Integer> leaders = new ArrayList<>();
        Path log = dir.resolve("__cluster_metadata-0/00000000000000000000.log");
        try (FileRecords records = FileRecords.open(log.toFile(), false)) {
            for (RecordBatch batch : records.batches()) {
                for (Record record : batch) {
                    if (!batch.isControlBatch()) {
                        leaders.addAll(leader(record));
                    }
                }
            }
        }
        return leaders;
    }

    private static List<Integer> leader(Record record) {
        ApiMessage message = MetadataRecordSerde.INSTANCE
                .read(new ByteBufferAccessor(record.value()), record.valueSize())
                .message();
        if (message instanceof PartitionRecord partition) {
            return List.of(partition.leader());
        }
        return message instanceof PartitionChangeRecord change && change.leader() != LeaderConstants.NO_LEADER_CHANGE
                ? List.of(change.leader())
                : List.of();
    }
}
