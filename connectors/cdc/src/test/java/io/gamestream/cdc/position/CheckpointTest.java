package io.gamestream.cdc.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.cdc.Position;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private static final Progress PROGRESS = new Progress(
            Progress.Phase.STREAMING,
            "me",
            Set.of("a.b", "a.c"),
            Map.of("a.d", Map.of(0, 7L)),
            Map.of("a.d", 8L),
            Set.of("a.d"),
            Map.of("a.b", Set.of("notes"), "a.c", Set.of("remark", "weight")),
            Map.of("lsn", 9L, "incremental_snapshot_maximum_key", "text"),
            new Progress.Partial(10, 11));

    @Test
    void comesBackFromItsRecord() {
        Checkpoint checkpoint =
                new Checkpoint(9, PROGRESS, Map.of(new TopicPartition("t", 3), 4L), AT, AT.plusSeconds(1));
        Position position = checkpoint.toPosition("slot", AT);
        assertThat(Checkpoint.of(position)).isEqualTo(checkpoint);
        assertThat(position.getVerifiedAt()).isEqualTo(AT.plusSeconds(1));
    }

    @Test
    void anOlderVersionsRecordIsRead() {
        String old = "{\"phase\":\"STREAMING\",\"instance\":\"i\",\"tables\":[\"a.b\"],\"backfills\":{},"
                + "\"engine\":{\"lsn\":5},\"partial\":null}";
        Progress progress = ProgressJson.read(old);
        assertThat(progress.readFrom()).isEmpty();
        assertThat(progress.unswept()).isEmpty();
        assertThat(progress.filled()).isEmpty();
        assertThat(progress.engine()).containsEntry("lsn", 5L);
        assertThatThrownBy(() -> ProgressJson.read("{\"phase\":\"WALKING\"}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cdc.positions.v1 holds a position that this version can't read");
    }

    @Test
    void forgetsOneTableAndTheReadingsThatAreUnderWay() {
        Progress less = PROGRESS.without("a.b");
        assertThat(less.instance()).isEqualTo(Progress.RESET);
        assertThat(less.tables()).containsExactly("a.c");
        assertThat(less.backfills()).isEmpty();
        assertThat(less.readFrom()).isEmpty();
        assertThat(less.unswept()).isEmpty();
        assertThat(less.filled()).containsOnlyKeys("a.c");
        assertThat(less.engine()).containsOnlyKeys("lsn");
        assertThat(less.partial()).isEqualTo(PROGRESS.partial());
    }

    @Test
    void aTableThatWasNotCapturedForAWhileIsNotComplete() {
        Checkpoint before = new Checkpoint(9, PROGRESS, Map.of(), AT, null);
        Checkpoint without = before.capturing(Set.of("a.c", "a.d"));
        Checkpoint again = without.capturing(Set.of("a.b", "a.c", "a.d"));
        assertThat(without.progress().tables()).containsExactly("a.c");
        assertThat(again.progress().tables()).containsExactly("a.c");
        assertThat(again.progress().filled()).containsOnlyKeys("a.c");
        assertThat(again.progress().engine()).isEqualTo(PROGRESS.engine());
    }
}
