package io.gamestream.serving.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.http.Readiness.Status;
import io.gamestream.serving.view.LogEnds.Progress;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class LoadProgressTest {

    private long nanos;
    private final LoadProgress progress = new LoadProgress(() -> nanos);

    @Test
    void tellsHowFarLoadingIsAndHowLongItTakes() {
        assertThat(progress.status(State.REBALANCING, new Progress(0, 0, 0, 0)).ready())
                .isFalse();
        progress.status(State.REBALANCING, new Progress(20, 4, 0, 1_000));
        nanos += Duration.ofSeconds(5).toNanos();
        Status status = progress.status(State.REBALANCING, new Progress(20, 4, 250, 1_000));
        assertThat(status.ready()).isFalse();
        assertThat(status.progress()).isEqualTo(0.25);
        assertThat(status.reason())
                .isEqualTo("loading: 250 of 1000 records, 25.0 %, 15 s left; 4 of 20 partitions complete");
    }

    @Test
    void staysReadyThroughLaterRebalances() {
        assertThat(progress.status(State.RUNNING, new Progress(20, 20, 10, 10)).ready())
                .isTrue();
        assertThat(progress.status(State.REBALANCING, new Progress(40, 20, 10, 20))
                        .ready())
                .isTrue();
    }

    @Test
    void anInstanceThatGetsNoPartitionRoutesToOthers() {
        assertThat(progress.status(State.RUNNING, new Progress(0, 0, 0, 0)).ready())
                .isTrue();
    }

    @Test
    void isNotReadyOnceTheTopologyHasStopped() {
        progress.status(State.RUNNING, new Progress(20, 20, 10, 10));
        assertThat(progress.status(State.ERROR, new Progress(20, 20, 10, 10)).ready())
                .isFalse();
    }
}
