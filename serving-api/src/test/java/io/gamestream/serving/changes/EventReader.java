package io.gamestream.serving.changes;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.serving.testing.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as a browser does, on a thread of its own. */
final class EventReader implements AutoCloseable {

    /** @param id that a browser would resume with after this event */
    record Event(String type, String id, JsonNode data) {

        String key() {
            return data.path("key").asText();
        }

        long version() {
            return data.path("version").asLong();
        }
    }

    private final InputStream body;
    private final Thread thread;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final int stopAfter;
    private volatile @Nullable String lastId;
    private volatile boolean ended;

    private EventReader(InputStream body, int stopAfter) {
        this.body = body;
        this.stopAfter = stopAfter;
        this.thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
    }

    /** @param stopAfter so many events it takes not one more, and hangs up */
    static EventReader open(RunningService service, String pathAndQuery, @Nullable String lastEventId, int stopAfter)
            throws IOException, InterruptedException {
        String[] headers = lastEventId == null ? new String[0] : new String[] {"Last-Event-ID", lastEventId};
        HttpResponse<InputStream> response =
                service.client().send(service.request(pathAndQuery, headers).build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.statusCode() + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        EventReader reader = new EventReader(response.body(), stopAfter);
        reader.thread.start();
        return reader;
    }

    static EventReader open(RunningService service, String pathAndQuery) throws IOException, InterruptedException {
        return open(service, pathAndQuery, null, Integer.MAX_VALUE);
    }

    List<Event> events() {
        return events;
    }

    @Nullable
    String lastId() {
        return lastId;
    }

    boolean ended() {
        return ended;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String type = "message";
            StringBuilder data = new StringBuilder();
            String id = null;
            for (String line = lines.readLine(); line != null && events.size() < stopAfter; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                } else if (line.isEmpty()) {
                    lastId = id;
                    if (data.length() > 0) {
                        events.add(new Event(type, String.valueOf(id), Json.MAPPER.readTree(data.toString())));
                    }
                    type = "message";
                    data.setLength(0);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The connection was cut, by either side.
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
