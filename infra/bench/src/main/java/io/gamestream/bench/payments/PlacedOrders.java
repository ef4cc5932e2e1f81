package io.gamestream.bench.payments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.bench.BenchStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The orders that the gateway has accepted, and what has become of them. Safe for use by several threads. */
final class PlacedOrders {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of orders that stay open. */
    private static final int TOLD = 5;

    private final List<String> ids = new ArrayList<>();

    /** Takes an order by the gateway's answer, and gives its id. */
    synchronized String accepted(String body) {
        try {
            String id = JSON.readTree(body).path("orderId").asText();
            ids.add(id);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    synchronized int count() {
        return ids.size();
    }

    synchronized List<String> all() {
        return List.copyOf(ids);
    }

    /**
     * Waits until all are complete. Of those that stay open it tells what is known: the figures that follow are of a saga that has
     * them as well.
     */
    void awaitAll(BenchStage stage, Completed completed, int serving) throws Exception {
        if (stage.comesTrue(() -> completed.count() >= count())) {
            return;
        }
        List<String> open = completed.missing(all());
        stage.say(open.size() + " of " + count() + " orders are not complete after five minutes, such as");
        for (String order : open.subList(0, Math.min(TOLD, open.size()))) {
            stage.say("  " + payment(serving, order));
        }
    }

    private static String payment(int serving, String order) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + serving + "/v1/payments/" + order);
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return order + ": " + e;
        }
    }
}
