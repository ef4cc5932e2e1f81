package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.stack.LocalPorts;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.schemas.sessions.Play;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PlayWriterTest {

    @Test
    void aPlayThatKafkaDoesNotTakeIsRefusedAndNotForgotten() {
        WorldTally tally = new WorldTally();
        try (PlayWriter plays = new PlayWriter(
                new KafkaSettings("127.0.0.1:" + LocalPorts.free(), Map.of()),
                new RegistrySettings("mock://plays", Map.of(), "io.gamestream.schemas.serde.ConfluentAvroSerde"),
                tally)) {
            assertThatThrownBy(() -> plays.write(play())).isInstanceOf(TimeoutException.class);
        }
        assertThat(tally.read().plays()).isZero();
    }

    private static Play play() {
        return Play.newBuilder()
                .setId("p-1")
                .setUserId("u-1")
                .setGameId("g-1")
                .setPlayedSeconds(60)
                .setEndedAt(Instant.EPOCH)
                .build();
    }
}
