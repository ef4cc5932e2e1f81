package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeHttp.Answer;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Lists the PSP's balance. Blocks; one request at a time, so that it takes little of the rate that payments need. */
public final class StripeBalance {

    private static final int TRIES = 5;

    private final StripeHttp http;

    public StripeBalance(ProviderSettings settings) {
        this.http = new StripeHttp(settings);
    }

    /**
     * What the PSP has of a time.
     *
     * @param moves oldest first
     * @param disputes that were opened in it
     */
    public record Listing(List<BalanceMove> moves, List<DisputeState> disputes) {

        public Listing {
            moves = List.copyOf(moves);
            disputes = List.copyOf(disputes);
        }
    }

    /**
     * All of a time.
     *
     * @param until not included
     * @throws UnreadableException where the PSP doesn't answer, or not with a list
     */
    public Listing list(Instant from, Instant until) throws InterruptedException {
        Map<String, JsonNode> objects = new HashMap<>();
        for (String path : List.of("/v1/charges", "/v1/refunds")) {
            pages(path, from, until).forEach(row -> objects.put(row.path("id").asText(), row));
        }
        List<JsonNode> disputes = pages("/v1/disputes", from, until);
        disputes.forEach(row -> objects.put(row.path("id").asText(), row));
        List<BalanceMove> moves = new ArrayList<>();
        for (JsonNode row : pages("/v1/balance_transactions", from, until)) {
            moves.add(move(row, objects));
        }
        Collections.reverse(moves);
        List<DisputeState> states = new ArrayList<>();
        for (JsonNode row : disputes) {
            states.add(state(row, objects));
        }
        return new Listing(moves, states);
    }

    private DisputeState state(JsonNode row, Map<String, JsonNode> objects) throws InterruptedException {
        String currency = row.path("currency").asText();
        return new DisputeState(
                row.path("id").asText(),
                orderOfCharge(row, objects),
                row.path("status").asText().toUpperCase(Locale.ROOT),
                StripeAmounts.toIso(row.path("amount").asLong(), currency),
                currency.toUpperCase(Locale.ROOT),
                Instant.ofEpochSecond(row.path("created").asLong()));
    }

    private @Nullable String orderOfCharge(JsonNode dispute, Map<String, JsonNode> objects)
            throws InterruptedException {
        JsonNode charge = object(dispute.path("charge").asText(), BalanceMove.Kind.CAPTURE, objects);
        return text(charge.path("metadata"), StripeRequests.ORDER_ID);
    }

    /** What caused a row may be older than the row, and is then asked for by its id. */
    private BalanceMove move(JsonNode row, Map<String, JsonNode> objects) throws InterruptedException {
        String currency = row.path("currency").asText();
        String source = row.path("source").asText();
        BalanceMove.Kind kind = kind(row.path("reporting_category").asText());
        JsonNode object = kind == BalanceMove.Kind.OTHER ? row : object(source, kind, objects);
        String orderId = text(object.path("metadata"), StripeRequests.ORDER_ID);
        if (orderId == null && kind == BalanceMove.Kind.DISPUTE) {
            orderId = orderOfCharge(object, objects);
        }
        return new BalanceMove(
                row.path("id").asText(),
                kind,
                source,
                text(object, "payment_intent"),
                orderId,
                StripeAmounts.toIso(row.path("amount").asLong(), currency),
                StripeAmounts.toIso(row.path("fee").asLong(), currency),
                currency.toUpperCase(Locale.ROOT),
                Instant.ofEpochSecond(row.path("created").asLong()));
    }

    private JsonNode object(String id, BalanceMove.Kind kind, Map<String, JsonNode> objects)
            throws InterruptedException {
        JsonNode known = objects.get(id);
        if (known == null) {
            String path =
                    switch (kind) {
                        case CAPTURE -> "/v1/charges/";
                        case REFUND -> "/v1/refunds/";
                        case DISPUTE -> "/v1/disputes/";
                        case OTHER -> throw new IllegalArgumentException("kind: OTHER (expected: one with an object)");
                    };
            known = get(path + StripeRequests.escape(id));
            objects.put(id, known);
        }
        return known;
    }

    private static BalanceMove.Kind kind(String category) {
        return switch (category) {
            case "charge", "partial_capture_reversal", "charge_failure" -> BalanceMove.Kind.CAPTURE;
            case "refund", "refund_failure" -> BalanceMove.Kind.REFUND;
            case "dispute", "dispute_reversal" -> BalanceMove.Kind.DISPUTE;
            default -> BalanceMove.Kind.OTHER;
        };
    }

    private List<JsonNode> pages(String path, Instant from, Instant until) throws InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        @Nullable String after = null;
        JsonNode page;
        do {
            Map<String, String> query = new TreeMap<>();
            query.put("limit", "100");
            query.put("created[gte]", Long.toString(from.getEpochSecond()));
            query.put("created[lt]", Long.toString(until.getEpochSecond()));
            if (after != null) {
                query.put("starting_after", after);
            }
            page = get(path + "?" + StripeRequests.encode(query));
            page.path("data").forEach(rows::add);
            after = rows.isEmpty() ? null : rows.get(rows.size() - 1).path("id").asText();
        } while (page.path("has_more").asBoolean() && after != null);
        return rows;
    }

    private JsonNode get(String pathAndQuery) throws InterruptedException {
        String problem = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (attempt > 0) {
                // What the PSP answers 429 or 503 to is asked again after 200, 400, 800 ms ...
                Thread.sleep(100L << attempt);
            }
            try {
                Answer answer = http.get(pathAndQuery).join();
                if (answer.status() == 200 && answer.body().isObject()) {
                    return answer.body();
                }
                problem = "HTTP status " + answer.status();
                if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                    throw new UnreadableException("GET " + pathAndQuery + ": " + problem
                            + ": the PSP doesn't know the API key. Is it this PSP's? (provider.api-key; of the simulator of"
                            + " another --data-dir: local.psp.data-dir)");
                }
            } catch (CompletionException e) {
                problem = String.valueOf(e.getCause());
            }
        }
        throw new UnreadableException("GET " + pathAndQuery + ": " + problem + " in " + TRIES + " tries");
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    /** The PSP's books could not be read to the end; half of them prove nothing. */
    public static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
