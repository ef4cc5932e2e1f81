package io.gamestream.topology.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final ThreadDeaths deaths = new ThreadDeaths();

    @Test
    void aThreadWhoseTransactionTheBrokerDoesNotKnowIsReplaced() {
        assertThat(deaths.after(commitFailed(), 0)).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void oneWhoseTransactionTheBrokerCouldNotEndIsReplaced() {
        KafkaException said = new KafkaException(
                "Unhandled error in EndTxnResponse: The server experienced an unexpected error when processing the request.");
        assertThat(deaths.after(new StreamsException("Error encountered trying to commit a transaction", said), 0))
                .isEqualTo(REPLACE_THREAD);
        assertThat(deaths.after(new KafkaException("another"), 0)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void whateverElseItDiesOfEndsTheApplication() {
        assertThat(deaths.after(new StreamsException("a mistake", new IllegalStateException("of ours")), 0))
                .isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void oneThatDiesOfItAgainAndAgainEndsItToo() {
        for (int i = 0; i < 3; i++) {
            assertThat(deaths.after(commitFailed(), i)).isEqualTo(REPLACE_THREAD);
        }
        assertThat(deaths.after(commitFailed(), MINUTE)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(deaths.after(commitFailed(), MINUTE + 1)).isEqualTo(REPLACE_THREAD);
    }

    /** As Streams has it: thrown by a producer that was told so before. */
    private static StreamsException commitFailed() {
        InvalidTxnStateException said = new InvalidTxnStateException("an invalid state");
        return new StreamsException("Error encountered trying to commit a transaction", new KafkaException(said));
    }
}
