package io.gamestream.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class AdminAnswersTest {

    private static final Duration SOON = Duration.ofMillis(20);

    private final KafkaFutureImpl<String> future = new KafkaFutureImpl<>();

    @Test
    void anAnswerIsTheAnswer() {
        future.complete("yes");
        assertThat(AdminAnswers.within(SOON, future)).isEqualTo("yes");
    }

    @Test
    void whatKafkaSaysIsThrownAsItIs() {
        TopicAuthorizationException said = new TopicAuthorizationException("no");
        future.completeExceptionally(said);
        assertThatThrownBy(() -> AdminAnswers.within(SOON, future)).isSameAs(said);
    }

    @Test
    void anythingElseIsWrapped() {
        future.completeExceptionally(new IOException("broken"));
        assertThatThrownBy(() -> AdminAnswers.within(SOON, future))
                .isInstanceOf(KafkaException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void nothingInTimeIsATimeout() {
        assertThatThrownBy(() -> AdminAnswers.within(SOON, future))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("20 ms");
    }
}
