package io.gamestream.cdc.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.cdc.capture.CaptureException;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Talks to a running capture. */
public final class AdminClient {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI snapshots;

    public AdminClient(HttpSettings http) {
        this.snapshots = URI.create("http://" + http.host() + ":" + http.port() + "/v1/admin/snapshots");
    }

    /**
     * Asks for a snapshot and follows it to its end.
     *
     * @param out is told how far it is
     * @return exit status: 0 where it is complete
     */
    public int snapshot(String table, @Nullable String where, Consumer<String> out)
            throws IOException, InterruptedException {
        ObjectNode body = Json.MAPPER.createObjectNode().put("table", table);
        if (where != null) {
            body.put("where", where);
        }
        JsonNode answer = send(HttpRequest.newBuilder(snapshots)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        if (!answer.has("state")) {
            out.accept(answer.path("detail").asText(answer.toString()));
            return 1;
        }
        String said = "";
        while (true) {
            JsonNode status = status(table);
            String state = status.path("state").asText();
            String line = table + ": " + state + ", " + status.path("rows").asLong() + " rows";
            if (!line.equals(said)) {
                out.accept(line);
                said = line;
            }
            if (state.equals("complete") || state.equals("failed")) {
                return state.equals("complete") ? 0 : 1;
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private JsonNode status(String table) throws IOException, InterruptedException {
        for (JsonNode status : send(HttpRequest.newBuilder(snapshots)).path("snapshots")) {
            if (status.path("table").asText().equals(table)) {
                return status;
            }
        }
        throw new CaptureException(
                "the capture has been restarted and knows nothing of the snapshot; it goes on by itself");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return Json.MAPPER.readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (ConnectException e) {
            throw new CaptureException(
                    "no capture listens on " + snapshots.getAuthority() + " (cdc.http). Start it: ./backbone run cdc");
        }
    }
}
