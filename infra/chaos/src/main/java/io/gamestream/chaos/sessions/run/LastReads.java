package io.gamestream.chaos.sessions.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What each router answers in the end to whoever asks for a session. */
final class LastReads {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 32;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper mapper = new JsonMapper();

    /** The states, by session; in place of one that can't be had there is why. */
    Map<String, List<String>> read(List<URI> routers, Set<String> sessions) {
        Map<String, List<String>> all = new ConcurrentHashMap<>();
        sessions.forEach(session -> all.put(session, new ArrayList<>()));
        for (URI router : routers) {
            List<CompletableFuture<?>> open = new ArrayList<>();
            for (String session : sessions) {
                open.add(state(router, session).thenAccept(state -> {
                    List<String> states = all.get(session);
                    if (states != null) {
                        states.add(state);
                    }
                }));
                if (open.size() == AT_ONCE) {
                    open.forEach(CompletableFuture::join);
                    open.clear();
                }
            }
            open.forEach(CompletableFuture::join);
        }
        return all;
    }

    private CompletableFuture<String> state(URI router, String session) {
        HttpRequest request = HttpRequest.newBuilder(router.resolve("/v1/sessions/" + session))
                .timeout(PATIENCE)
                .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(this::status)
                .exceptionally(String::valueOf);
    }

    private String status(HttpResponse<String> answer) {
        try {
            return answer.statusCode() == 200
                    ? mapper.readTree(answer.body()).path("status").asText()
                    : "HTTP " + answer.statusCode();
        } catch (IOException e) {
            return "no JSON: " + answer.body();
        }
    }
}
