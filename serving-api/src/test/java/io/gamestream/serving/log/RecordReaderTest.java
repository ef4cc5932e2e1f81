package io.gamestream.serving.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final ConsumerRecord<String, byte[]> RECORD = new ConsumerRecord<>("t", 3, 7, "k", new byte[] {1});

    private final Counter unreadable = new SimpleMeterRegistry().counter("unreadable");
    private final RecordReader reader = new RecordReader("a table", unreadable);

    @Test
    void aRecordThatCantBeReadIsCountedAndPassedBy() throws Exception {
        assertThat(reader.<String, RuntimeException>read(RECORD, () -> {
                    throw new IllegalArgumentException("not framed");
                }))
                .isEmpty();
        assertThat(unreadable.count()).isEqualTo(1);
        assertThat(reader.<String, RuntimeException>read(RECORD, () -> "read")).contains("read");
        assertThat(unreadable.count()).isEqualTo(1);
    }

    @Test
    void aRegistryThatIsAwayIsWaitedFor() throws Exception {
        Deque<RuntimeException> away =
                new ArrayDeque<>(List.of(new RegistryUnavailableException("away", new IOException("refused"))));

        assertThat(reader.<String, RuntimeException>read(RECORD, () -> {
                    if (!away.isEmpty()) {
                        throw away.remove();
                    }
                    return "read";
                }))
                .contains("read");
        assertThat(away).isEmpty();
        assertThat(unreadable.count()).isZero();
    }

    @Test
    void aRegistryThatRefusesUsAndAFailedTargetAreNoFaultOfTheRecord() {
        assertThatThrownBy(() -> reader.read(RECORD, () -> {
                    throw new RegistryException(403, "403");
                }))
                .hasMessage("403");
        assertThatThrownBy(() -> reader.read(RECORD, () -> {
                    throw new IOException("closed");
                }))
                .hasMessage("closed");
        assertThat(unreadable.count()).isZero();
    }
}
