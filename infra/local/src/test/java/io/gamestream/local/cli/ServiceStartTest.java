package io.gamestream.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gamestream.local.service.ServiceProbe;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.runtime.http.HttpSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceStartTest {

    private static final String RESTORING = """
            {"ready": false, "checks": [{"name": "http", "ready": true},
              {"name": "streams", "ready": false, "reason": "restoring", "progress": 0.5}]}""";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0);
    private HttpServer server;
    private volatile int status = 503;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/readyz", exchange -> {
            byte[] body = RESTORING.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aStartThatIsNotOverIsNotCalledReadyUntilItIs() throws Exception {
        ServiceStart start = start("catalog");
        Headline headline = headline(start);
        headline.print();
        headline.followUp();
        assertThat(text()).isEqualTo("\nRunning; not ready yet: catalog (streams: restoring); see the logs.\n\n");
        status = 200;
        headline.followUp();
        headline.followUp();
        assertThat(text().lines().filter(line -> line.startsWith("All ready after")))
                .hasSize(1);
    }

    @Test
    void whenAllAreReadyThatIsAllThatIsSaid() throws Exception {
        status = 200;
        headline(start("catalog")).print();
        assertThat(text().lines().filter(line -> !line.isBlank()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("  catalog          ready after "))
                .anyMatch(line -> line.startsWith("All ready after "));
    }

    @Test
    void whoDoesNotAnswerIsNamedTogetherWithWhoDoes() throws Exception {
        ServiceStart start = start("catalog", "cdc");
        assertThat(start.allReady()).isFalse();
        assertThat(start.missing()).isEqualTo("catalog (streams: restoring), cdc (no answer)");
    }

    private ServiceStart start(String... names) throws InterruptedException {
        Urls urls = new Urls(
                Map.of(
                        "catalog",
                        new HttpSettings(LocalPorts.HOST, server.getAddress().getPort()),
                        "cdc",
                        new HttpSettings(LocalPorts.HOST, LocalPorts.free())),
                List.of());
        ServiceStart start = new ServiceStart(new ServiceProbe(), urls, console, List.of(names));
        start.await(new Shutdown(console), Duration.ofMillis(1));
        return start;
    }

    private Headline headline(ServiceStart start) {
        return new Headline(console, start, System.nanoTime());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
