package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.payments.PspOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PSP that begins to answer and never ends. */
class StripeHttpTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"object\":";
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    private ServerSocket server;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "stalling-psp");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
                Thread reader = new Thread(() -> readToTheEnd(socket), "stalling-psp-reader");
                reader.setDaemon(true);
                reader.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void readToTheEnd(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Reset: it has hung up as well.
        }
        hungUp.complete(null);
    }

    private ProviderSettings settings() {
        return Sim.settings(URI.create("http://127.0.0.1:" + server.getLocalPort()), Sim.KEY, TIMEOUT);
    }

    @Test
    void anAnswerThatStallsAfterItsHeadersIsNoAnswerInTime() throws Exception {
        ProviderAnswer answer =
                Sim.provider(settings()).execute(Sim.create("o1")).get(10, TimeUnit.SECONDS);
        assertThat(answer.outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer.message()).isEqualTo("no answer in time");
        hungUp.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aListThatStallsIsUnreadable() {
        CompletableFuture<?> listing = CompletableFuture.supplyAsync(() -> {
            try {
                return new StripeBalance(settings())
                        .list(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), move -> {}, dispute -> {});
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> listing.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StripeBalance.UnreadableException.class);
    }
}
