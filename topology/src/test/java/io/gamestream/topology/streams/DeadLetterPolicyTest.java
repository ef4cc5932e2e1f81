package io.gamestream.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;

class DeadLetterPolicyTest {

    @Test
    void aRecordIsCondemnedForWhatItIs() {
        assertThat(DeadLetterPolicy.isPoison(new SerializationException("not Avro")))
                .isTrue();
        assertThat(DeadLetterPolicy.isPoison(new SerializationException("cut off", new IOException("end"))))
                .isTrue();
        assertThat(DeadLetterPolicy.isPoison(new IllegalArgumentException("negative")))
                .isTrue();
    }

    @Test
    void anOutageCondemnsNobody() {
        RegistryUnavailableException outage = new RegistryUnavailableException("no answer", new IOException("refused"));
        assertThat(DeadLetterPolicy.isPoison(outage)).isFalse();
        assertThat(DeadLetterPolicy.isPoison(new SerializationException("not read", outage)))
                .isFalse();
        assertThat(DeadLetterPolicy.isPoison(new ProcessorStateException("disk full")))
                .isFalse();
        assertThat(DeadLetterPolicy.isPoison(
                        new IllegalStateException("wrapped", new ProcessorStateException("disk full"))))
                .isFalse();
    }

    @Test
    void eachDeadLetterIsToldByItsStage() {
        List<String> stages = new ArrayList<>();
        DeadLetterPolicy.Listener listener = stages::add;
        DeadLetterPolicy policy = DeadLetterPolicy.of(Map.of(DeadLetterPolicy.LISTENER, listener));
        assertThat(policy.condemns(new IllegalArgumentException("bad"), "processing"))
                .isTrue();
        assertThat(policy.condemns(new ProcessorStateException("disk full"), "processing"))
                .isFalse();
        assertThat(stages).containsExactly("processing");
    }
}
