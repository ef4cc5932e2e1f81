package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HopelessCloseTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final CompletableFuture<Void> hopeless = new CompletableFuture<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        done.countDown();
    }

    @Test
    void whatCanBeClosedIsWaitedForHoweverLongItTakes() {
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> HopelessClose.await(this::untilDone, hopeless, AT_ONCE));
        assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
                .as("the close has not returned")
                .isInstanceOf(TimeoutException.class);
        done.countDown();
        waiting.join();
    }

    @Test
    void whatWasHopelessBeforeGetsItsTimeAndNoMore() {
        hopeless.complete(null);
        HopelessClose.await(this::untilDone, hopeless, AT_ONCE);
        assertThat(done.getCount()).as("the close has not returned").isEqualTo(1);
    }

    @Test
    void whatBecomesHopelessMeanwhileIsGivenUpToo() {
        Runnable close = () -> {
            hopeless.complete(null);
            untilDone();
        };
        HopelessClose.await(close, hopeless, AT_ONCE);
        assertThat(done.getCount()).as("the close has not returned").isEqualTo(1);
    }

    @Test
    void aHopelessCloseThatSucceedsIsNotWaitedForAnyLonger() {
        hopeless.complete(null);
        HopelessClose.await(() -> {}, hopeless, Duration.ofDays(1));
    }

    @Test
    void aCloseThatFailsSaysSo() {
        Runnable close = () -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> HopelessClose.await(close, hopeless, AT_ONCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }

    private void untilDone() {
        try {
            // Above the timeout of the test: whoever waits for it fails.
            done.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
