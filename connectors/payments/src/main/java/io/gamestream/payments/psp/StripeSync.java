package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeHttp.Answer;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that the provider knows about one payment: the intent, its charges, refunds, disputes, and what they did to
 * the balance. An intent whose id we never learnt is searched by its order; Stripe's search is up to a minute behind, so not
 * finding one proves nothing at once.
 */
final class StripeSync {

    private final StripeHttp http;
    private final RateLimit limit;

    StripeSync(StripeHttp http, RateLimit limit) {
        this.http = http;
        this.limit = limit;
    }

    CompletableFuture<ProviderAnswer> read(PspCommand command) {
        String intentId = command.getIntentId();
        return intentId == null
                ? find(command)
                : byId(intentId, http.get(StripeRequests.intentPath(intentId)), command);
    }

    /** Any request but a read's first one, which has had its turn. */
    private CompletableFuture<Answer> further(String pathAndQuery) {
        return limit.turn(() -> http.get(pathAndQuery));
    }

    private CompletableFuture<ProviderAnswer> find(PspCommand command) {
        String query = "metadata['" + StripeRequests.ORDER_ID + "']:'"
                + command.getOrderId().replace("'", "\\'") + "'";
        return http.get("/v1/payment_intents/search?" + StripeRequests.encode(Map.of("query", query, "limit", "100")))
                .thenCompose(answer -> {
                    if (answer.status() != 200) {
                        return done(answer, command);
                    }
                    List<String> ids = new ArrayList<>();
                    answer.body()
                            .path("data")
                            .forEach(row -> ids.add(row.path("id").asText()));
                    return ids.isEmpty()
                            ? CompletableFuture.completedFuture(new ProviderAnswer(
                                    PspOutcome.NOT_FOUND,
                                    200,
                                    "not_found",
                                    "the PSP shows no payment intent of the order",
                                    List.of(),
                                    answer.requestId()))
                            : all(ids, command);
                });
    }

    /** More than one intent of an order is somebody's mistake; all of them are told, and the saga sees it. */
    private CompletableFuture<ProviderAnswer> all(List<String> ids, PspCommand command) {
        CompletableFuture<ProviderAnswer> joined =
                byId(ids.get(0), further(StripeRequests.intentPath(ids.get(0))), command);
        for (String id : ids.subList(1, ids.size())) {
            joined = joined.thenCombine(byId(id, further(StripeRequests.intentPath(id)), command), StripeSync::joined);
        }
        return joined;
    }

    private CompletableFuture<ProviderAnswer> byId(
            String intentId, CompletableFuture<Answer> asked, PspCommand command) {
        return asked.thenCompose(answer -> {
            if (answer.status() == 404) {
                return CompletableFuture.completedFuture(new ProviderAnswer(
                        PspOutcome.NOT_FOUND,
                        404,
                        "not_found",
                        "the PSP has no payment intent " + intentId,
                        List.of(),
                        answer.requestId()));
            }
            return answer.status() == 200 ? around(intentId, answer) : done(answer, command);
        });
    }

    private CompletableFuture<ProviderAnswer> around(String intentId, Answer intent) {
        CompletableFuture<List<JsonNode>> charges = pages("/v1/charges", "payment_intent", intentId);
        CompletableFuture<List<JsonNode>> refunds = pages("/v1/refunds", "payment_intent", intentId);
        CompletableFuture<List<JsonNode>> disputes = pages("/v1/disputes", "payment_intent", intentId);
        return charges.thenCombine(refunds, StripeSync::plus)
                .thenCombine(disputes, StripeSync::plus)
                .thenCompose(this::withRows)
                .thenApply(objects -> {
                    List<PspFact> facts = new ArrayList<>(StripeFacts.of(intent.body(), null));
                    objects.forEach(object -> facts.addAll(StripeFacts.of(object, null)));
                    return new ProviderAnswer(PspOutcome.DONE, 200, null, null, facts, intent.requestId());
                });
    }

    /** The rows of the balance are listed by what caused them. */
    private CompletableFuture<List<JsonNode>> withRows(List<JsonNode> objects) {
        CompletableFuture<List<JsonNode>> all = CompletableFuture.completedFuture(objects);
        for (JsonNode object : objects) {
            String kind = object.path("object").asText();
            if (kind.equals("charge") || kind.equals("refund")) {
                all = all.thenCombine(
                        pages(
                                "/v1/balance_transactions",
                                "source",
                                object.path("id").asText()),
                        StripeSync::plus);
            }
        }
        return all;
    }

    /** All pages of a list; whatever isn't a page fails the read as a whole, since half a truth is none. */
    private CompletableFuture<List<JsonNode>> pages(String path, String filter, String value) {
        return pages(path, filter, value, null, List.of());
    }

    private CompletableFuture<List<JsonNode>> pages(
            String path, String filter, String value, @Nullable String after, List<JsonNode> before) {
        Map<String, String> query = new TreeMap<>(Map.of(filter, value, "limit", "100"));
        if (after != null) {
            query.put("starting_after", after);
        }
        return further(path + "?" + StripeRequests.encode(query)).thenCompose(answer -> {
            if (answer.status() != 200) {
                throw new ReadFailure(answer);
            }
            List<JsonNode> rows = new ArrayList<>(before);
            answer.body().path("data").forEach(rows::add);
            return answer.body().path("has_more").asBoolean() && !rows.isEmpty()
                    ? pages(
                            path,
                            filter,
                            value,
                            rows.get(rows.size() - 1).path("id").asText(),
                            rows)
                    : CompletableFuture.completedFuture(rows);
        });
    }

    private static CompletableFuture<ProviderAnswer> done(Answer answer, PspCommand command) {
        return CompletableFuture.completedFuture(
                StripeAnswers.of(answer.status(), answer.body(), answer.requestId(), command.getOperationId()));
    }

    private static ProviderAnswer joined(ProviderAnswer one, ProviderAnswer other) {
        if (one.outcome() != PspOutcome.DONE) {
            return one;
        }
        if (other.outcome() != PspOutcome.DONE) {
            return other;
        }
        List<PspFact> facts = new ArrayList<>(one.facts());
        facts.addAll(other.facts());
        return new ProviderAnswer(PspOutcome.DONE, 200, null, null, facts, one.requestId());
    }

    private static List<JsonNode> plus(List<JsonNode> one, List<JsonNode> other) {
        List<JsonNode> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** A page could not be read. */
    static final class ReadFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        ReadFailure(Answer answer) {
            super("HTTP status " + answer.status(), null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }
}
