package io.gamestream.chaos.sessions.launch;

import io.gamestream.chaos.kit.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts and players at the router. */
final class Door {

    static final String CELL = "eu-west-1";
    static final String REGION = "eu-west";
    static final String GAME = "launch-game";

    private static final String PROBE = "probe";
    private static final int PROBES = 200;
    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final int CONNECTIONS = 500;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI router;

    Door(URI router) {
        this.router = router;
    }

    /** One heartbeat of each, as soon as the router knows their cell. */
    void registerHosts(int hosts, int slots) throws InterruptedException {
        boolean known = Waiting.until(
                Duration.ofMinutes(1),
                Duration.ofMillis(100),
                () -> send(request("/v1/cells/" + CELL)).join().body().contains("\"cellId\""));
        if (!known) {
            throw new AssertionError("the router doesn't know " + CELL);
        }
        String idle = String.join(",", Collections.nCopies(slots, "{\"phase\":\"IDLE\",\"token\":0}"));
        requireAll(all(hosts, host -> request("/v1/hosts/h-" + host + "/heartbeat")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"cellId\":\"" + CELL + "\",\"bootId\":\"b\",\"seq\":1,\"address\":\"127.0.0.1:1\","
                                + "\"gpuClass\":\"STANDARD\",\"slots\":[" + idle + "]}"))));
    }

    /** Asks until the gate knows of the cell, and leaves again. */
    void probe() {
        for (int i = 0; i < PROBES; i++) {
            HttpResponse<String> answer = send(play(PROBE, "k-" + i, 1_000)).join();
            Matcher session = SESSION.matcher(answer.body());
            if (answer.body().contains("\"GRANTED\"") && session.find()) {
                leave(List.of(session.group(1)));
                return;
            }
        }
        throw new AssertionError("nothing is granted");
    }

    static boolean isProbe(@Nullable String playerId) {
        return PROBE.equals(playerId);
    }

    /** So many players, as many at a time as there are connections; statuses of the answers. */
    List<Integer> askAll(int players) {
        return all(players, player -> play("p-" + player, "launch", 0));
    }

    /** Their players leave. */
    void leave(List<String> sessions) {
        requireAll(all(
                sessions.size(), i -> request("/v1/sessions/" + sessions.get(i)).DELETE()));
    }

    private HttpRequest.Builder play(String player, String key, int waitMs) {
        return request("/v1/sessions?waitMs=" + waitMs)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"playerId\":\"" + player + "\",\"gameId\":\"" + GAME
                        + "\",\"tier\":\"PLUS\",\"rttMs\":{\"" + REGION + "\":10}}"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(router.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(1));
    }

    private List<Integer> all(int count, IntFunction<HttpRequest.Builder> requests) {
        Semaphore connections = new Semaphore(CONNECTIONS);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.acquireUninterruptibly();
            answers.add(send(requests.apply(i))
                    .whenComplete((answer, e) -> connections.release())
                    .thenApply(HttpResponse::statusCode));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void requireAll(List<Integer> statuses) {
        if (!statuses.stream().allMatch(status -> status / 100 == 2)) {
            throw new AssertionError("not all have a 2xx status: " + statuses);
        }
    }
}
