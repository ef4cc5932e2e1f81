package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptBeatsTest {

    private final List<HostSignal> sent = new ArrayList<>();
    private boolean away;
    private final KeptBeats kept = new KeptBeats((hostId, beat) -> {
        sent.add(beat);
        return away
                ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                : CompletableFuture.completedFuture(null);
    });

    @Test
    void ofEachHostTheNewestIsSentOnce() {
        kept.keep(beat("h-1", "boot-1", 1, 1_000));
        kept.keep(beat("h-1", "boot-1", 3, 3_000));
        kept.keep(beat("h-1", "boot-1", 2, 2_000));
        kept.keep(beat("h-2", "boot-1", 1, 1_000));
        assertThat(kept.size()).isEqualTo(2);
        kept.send();
        kept.send();
        assertThat(sent).containsExactlyInAnyOrder(beat("h-1", "boot-1", 3, 3_000), beat("h-2", "boot-1", 1, 1_000));
    }

    @Test
    void hostsThatAreMadeUpDoNotFillTheHeap() {
        for (int i = 0; i <= KeptBeats.MOST; i++) {
            kept.keep(beat("h-" + i, "boot-1", 1, 1_000));
        }
        kept.keep(beat("h-1", "boot-1", 2, 2_000));
        assertThat(kept.size()).isEqualTo(KeptBeats.MOST);
        away = true;
        kept.send();
        assertThat(kept.size()).isEqualTo(KeptBeats.MOST);
    }

    @Test
    void aNewBootReplacesTheOldOneThoughItsNumbersAreSmaller() {
        kept.keep(beat("h-1", "boot-1", 9, 1_000));
        kept.keep(beat("h-1", "boot-2", 1, 2_000));
        kept.keep(beat("h-1", "boot-1", 8, 900));
        kept.send();
        assertThat(sent).containsExactly(beat("h-1", "boot-2", 1, 2_000));
    }

    @Test
    void whatFailsIsKeptAndWhatKafkaHasHeardSinceIsNot() {
        kept.keep(beat("h-1", "boot-1", 1, 1_000));
        away = true;
        kept.send();
        assertThat(kept.size()).isEqualTo(1);
        kept.drop("h-1");
        away = false;
        kept.send();
        assertThat(sent).hasSize(1);
    }

    @Test
    void theLastWordOfAHostThatHasBeenSilentForFiveBeatsIsNotSent() {
        kept.keep(beat("h-1", "boot-1", 1, 1_000));
        kept.forgetOld(11_000);
        assertThat(kept.size()).isEqualTo(1);
        kept.forgetOld(11_001);
        assertThat(kept.size()).isZero();
    }

    @Test
    void noMoreIsSentAtOnceThanAProducerBuffers() {
        IntStream.range(0, 2_500).forEach(i -> kept.keep(beat("h-" + i, "boot-1", 1, 1_000)));
        kept.send();
        assertThat(sent).hasSize(1_000);
        kept.send();
        kept.send();
        assertThat(sent).hasSize(2_500).doesNotHaveDuplicates();
    }

    private static HostSignal beat(String hostId, String bootId, long seq, long at) {
        return HostSignal.newBuilder()
                .setKind(HostSignalKind.HEARTBEAT)
                .setAt(at)
                .setHostId(hostId)
                .setCellId("eu-west-1")
                .setReport(HostReport.newBuilder()
                        .setHostId(hostId)
                        .setBootId(bootId)
                        .setSeq(seq)
                        .setAddress("127.0.0.1:7000")
                        .setGpuClass(GpuClass.STANDARD)
                        .setSlots(List.of(new SlotReport(SlotPhase.IDLE, 0L)))
                        .build())
                .build();
    }
}
