package io.gamestream.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.stack.LocalPorts;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamsServiceTest {

    private final int port = LocalPorts.free();

    @Test
    void isNotReadyBeforeItsApplicationsAreStarted() throws Exception {
        List<Integer> meanwhile = new ArrayList<>();

        StreamsService service = StreamsService.start(
                "sessions", new HttpSettings("127.0.0.1", port), Settings.load(null, Map.of(), Map.of()), serdes -> {
                    meanwhile.add(readyz());
                    return List.of();
                });

        try (service) {
            assertThat(meanwhile).containsExactly(503);
            assertThat(readyz()).isEqualTo(200);
        }
    }

    private int readyz() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
