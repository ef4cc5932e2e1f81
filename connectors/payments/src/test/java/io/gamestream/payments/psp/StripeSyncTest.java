package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspOutcome;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a read takes of the rate, and what a page that is refused means. */
class StripeSyncTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            String body = path.endsWith("/pi_1")
                    ? "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\"}"
                    : "{\"object\":\"list\",\"data\":[],\"has_more\":false}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 200), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ProviderAnswer read(ProviderSettings.Rate rate) {
        ProviderSettings settings = Sim.settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Sim.KEY, Duration.ofSeconds(5));
        return new StripeProvider(settings, new RateLimit(rate), InstantSource.system())
                .execute(Sim.command(OperationKind.SYNC, "o1", 1)
                        .setIntentId("pi_1")
                        .build())
                .join();
    }

    @Test
    void aPageThatIsRefusedMeansWhatItsStatusMeans() {
        ProviderSettings.Rate ample = new ProviderSettings.Rate(1_000, Duration.ofSeconds(1));
        assertThat(read(ample).outcome()).isEqualTo(PspOutcome.DONE);
        statuses.put("/v1/refunds", 429);
        assertThat(read(ample).outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(read(ample).httpStatus()).isEqualTo(429);
        statuses.put("/v1/refunds", 503);
        assertThat(read(ample).outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(read(ample).httpStatus()).isEqualTo(503);
    }

    @Test
    void eachRequestAfterTheFirstTakesATurn() {
        ProviderAnswer answer = read(new ProviderSettings.Rate(1, Duration.ZERO));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(answer.errorCode()).isEqualTo("rate_limit");
        assertThat(asked).as("the intent, and one page").hasSizeLessThanOrEqualTo(2);
    }
}
