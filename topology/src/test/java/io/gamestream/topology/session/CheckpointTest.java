package io.gamestream.topology.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.compatibility.CommittedSchemas;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.topology.session.CellPolicy.Packing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Cells that are kept in parts, and where a replay starts among them. */
class CheckpointTest {

    private static final long BEGIN = 1_000_000;
    private static final long MINUTE = 60_000;

    private final Cell cell = Cell.empty(Cells.CELL, Cells.REGION);
    private long now = BEGIN;

    @Test
    void aCellComesBackAsItWasAndDecidesAsItWould() {
        aCellOf(3);
        for (int i = 0; i < 14; i++) {
            fold(Cells.ticket("p" + i).place(now));
        }
        Cell back = Checkpoint.of(cell, 7, now).load(Cells.REGION);
        assertThat(CellHash.of(back)).isEqualTo(CellHash.of(cell));
        DecisionHash one = new DecisionHash();
        DecisionHash other = new DecisionHash();
        for (int i = 0; i < 40; i++) {
            now += 1_000;
            one.add(CellMachine.decide(cell, Cells.tick(now)));
            other.add(CellMachine.decide(back, Cells.tick(now)));
        }
        assertThat(other.value()).isEqualTo(one.value());
        assertThat(CellHash.of(back)).isEqualTo(CellHash.of(cell));
    }

    @Test
    void aLargeCellIsKeptInPartsThatKafkaTakes() {
        aCellOf(20_000);
        Checkpoint checkpoint = Checkpoint.of(cell, 7, now);
        assertThat(checkpoint.parts())
                .hasSizeGreaterThan(2)
                .allMatch(part ->
                        part.getHosts().stream().mapToInt(ByteBuffer::remaining).sum() <= 512 * 1024)
                .allMatch(part -> part.getHash().equals(checkpoint.hash()));
        assertThat(CellHash.of(checkpoint.load(Cells.REGION))).isEqualTo(CellHash.of(cell));
    }

    @Test
    void whatAnEarlierVersionKeptIsReadAndNotHeldToAHashOfItsTime() throws IOException {
        aCellOf(2);
        Checkpoint today = Checkpoint.of(cell, 7, now);
        CellCheckpoint first = CellCheckpoint.newBuilder(today.parts().get(0)).build();
        List<ByteBuffer> old = new ArrayList<>();
        for (ByteBuffer row : first.getHosts()) {
            old.add(asFirstVersion(row));
        }
        first.setHosts(old);
        Checkpoint earlier = new Checkpoint(List.of(first));
        assertThat(today.isOfToday()).isTrue();
        assertThat(earlier.isOfToday()).isFalse();
        assertThat(earlier.load(Cells.REGION).hostRows()).isEqualTo(cell.hostRows());
        ReplayStart start = new ReplayStart(0, 0);
        start.add(first);
        assertThat(start.hashes()).isEmpty();
    }

    /** As it was written before rows said whether a session is ready. */
    private static ByteBuffer asFirstVersion(ByteBuffer row) throws IOException {
        Schema then = CommittedSchemas.versions(HostRow.class.getName()).get(0);
        // Two bytes of the format and eight of the schema come before the row.
        byte[] written = new byte[row.remaining() - 10];
        row.duplicate().position(row.position() + 10).get(written);
        GenericRecord record = new GenericDatumReader<GenericRecord>(HostRow.getClassSchema(), then)
                .read(null, DecoderFactory.get().binaryDecoder(written, null));
        return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), then).encode(record);
    }

    @Test
    void whatIsNotAsItWasKeptIsRefused() {
        aCellOf(2);
        List<CellCheckpoint> parts = new ArrayList<>(Checkpoint.of(cell, 7, now).parts());
        CellCheckpoint first = CellCheckpoint.newBuilder(parts.get(0)).build();
        first.setHosts(new ArrayList<>(first.getHosts().subList(0, 1)));
        parts.set(0, first);
        assertThatThrownBy(() -> new Checkpoint(parts).load(Cells.REGION))
                .hasMessageStartingWith("the checkpoint at offset 7 of the inbox has the hash ");
    }

    @Test
    void aReplayStartsAtTheLastCheckpointThatIsWellBeforeItsTime() {
        aCellOf(1);
        ReplayStart start = new ReplayStart(BEGIN + 31 * MINUTE, 0);
        for (long i = 0; i < 5; i++) {
            Checkpoint.of(cell, 100 * i, BEGIN + i * 10 * MINUTE).parts().forEach(start::add);
        }
        assertThat(start.start().orElseThrow().offset()).isEqualTo(300);
        assertThat(start.hashes()).hasSize(5);
        ReplayStart close = new ReplayStart(BEGIN + 30 * MINUTE, 0);
        for (long i = 0; i < 5; i++) {
            Checkpoint.of(cell, 100 * i, BEGIN + i * 10 * MINUTE).parts().forEach(close::add);
        }
        assertThat(close.start().orElseThrow().offset()).isEqualTo(200);
    }

    @Test
    void whereTheInboxHasNoBeginningAReplayStartsAtTheFirstCheckpointWithAllThatFollows() {
        aCellOf(1);
        ReplayStart start = new ReplayStart(0, 150);
        ReplayStart tooEarly = new ReplayStart(BEGIN, 150);
        for (long i = 0; i < 5; i++) {
            Checkpoint kept = Checkpoint.of(cell, 100 * i, BEGIN + i * 10 * MINUTE);
            kept.parts().forEach(start::add);
            kept.parts().forEach(tooEarly::add);
        }
        assertThat(start.start().orElseThrow().offset()).isEqualTo(200);
        assertThatThrownBy(tooEarly::start)
                .hasMessageContaining("the first 150 records of the inbox are gone")
                .hasMessageContaining("the first one that is complete is of 1970-01-01T00:36:40Z");
        assertThat(new ReplayStart(0, 0).start()).as("from the first record").isEmpty();
    }

    @Test
    void aCheckpointWhoseFirstPartsAreGoneIsNone() {
        aCellOf(20_000);
        ReplayStart start = new ReplayStart(0, 5);
        Checkpoint.of(cell, 7, now).parts().stream().skip(1).forEach(start::add);
        assertThatThrownBy(start::start).hasMessageContaining("there is none at all");
    }

    private void aCellOf(int hosts) {
        fold(Cells.policySet(Cells.policy(Packing.PACK, 0.03)));
        fold(Cells.tick(now));
        for (int i = 0; i < hosts; i++) {
            fold(Cells.report(now, "h-" + i, "b", 1, Cells.idle(4)));
        }
    }

    private void fold(CellRecord record) {
        CellMachine.decide(cell, record);
    }
}
