package io.gamestream.chaos.payments.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.chaos.payments.load.Wish.Repeat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer gateway;

    LoadTest() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.setExecutor(threads);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
        threads.shutdownNow();
    }

    /** Whoever was asked may have died since, and the answer be on its way. */
    @Test
    void anAnswerToWhatWasAskedBeforeIsNoNewOne() throws InterruptedException {
        long before = System.nanoTime();
        try (Load load = new Load(
                () -> "http://127.0.0.1:" + gateway.getAddress().getPort(),
                "whsec_of_a_test",
                askingOnce(),
                1,
                AT_ONCE)) {
            load.start();
            asked.await();
            long between = System.nanoTime();
            assertThat(load.hasAccepted(before)).isFalse();
            answers.countDown();
            assertThat(Waiting.until(PATIENCE, AT_ONCE, () -> load.hasAccepted(before)))
                    .isTrue();
            assertThat(load.hasAccepted(between)).isFalse();
        }
    }

    /** A seed whose first order is not asked for again. */
    private static long askingOnce() {
        return LongStream.rangeClosed(1, 100)
                .filter(seed -> Wishes.of(seed, 1, AT_ONCE).get(0).repeat() == Repeat.NO)
                .findFirst()
                .orElseThrow();
    }

    /** Yes to the order, when it is time; no to everything else. */
    private void answer(HttpExchange exchange) {
        try (exchange) {
            boolean placed = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                            .startsWith("k-")
                    && exchange.getRequestURI().getPath().equals("/v1/orders");
            if (placed) {
                asked.countDown();
                answers.await();
            }
            exchange.sendResponseHeaders(placed ? 202 : 400, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
