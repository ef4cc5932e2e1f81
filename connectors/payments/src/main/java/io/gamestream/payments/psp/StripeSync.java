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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that the provider knows about one payment: the intent, its charges, refunds, disputes, and what they did to
 * the balance. An intent whose id we never learnt is searched by its order; Stripe's search is up to a minute behind, so not
 * finding one proves nothing at once.
 */
final class StripeSync {

    /** Of all lists of one read. An order has 60 refunds and five attempts; each of them has rows of the balance to itself. */
    private static final int MOST_PAGES = 500;

    private final StripeHttp http;
    private final RateLimit limit;

    StripeSync(StripeHttp http, RateLimit limit) {
        this.http = http;
        this.limit = limit;
    }

    CompletableFuture<ProviderAnswer> read(PspCommand command) {
        AtomicInteger pages = new AtomicInteger();
        String intentId = command.getIntentId();
        return intentId == null
                ? find(command.getOrderId(), pages)
                : http.get(StripeRequests.intentPath(intentId))
                        .thenCompose(answer -> StripeObjects.isMissing(answer)
                                ? notFound(answer, "the PSP has no payment intent " + intentId)
                                : around(intentId, answer, pages));
    }

    /** Any request but a read's first one, which has had its turn. */
    private CompletableFuture<Answer> further(String pathAndQuery) {
        return limit.turn(() -> http.get(pathAndQuery));
    }

    private CompletableFuture<ProviderAnswer> find(String orderId, AtomicInteger pages) {
        String query = "metadata['" + StripeRequests.ORDER_ID + "']:'" + orderId.replace("'", "\\'") + "'";
        return http.get("/v1/payment_intents/search?" + StripeRequests.encode(Map.of("query", query, "limit", "100")))
                .thenCompose(answer -> {
                    if (!StripeObjects.isPage(answer, "search_result", StripeObjects.INTENT)) {
                        throw new ReadFailure(answer);
                    }
                    JsonNode found = answer.body().path("data");
                    return found.isEmpty()
                            ? notFound(answer, "the PSP shows no payment intent of the order")
                            : all(found, pages);
                });
    }

    private static CompletableFuture<ProviderAnswer> notFound(Answer answer, String message) {
        return CompletableFuture.completedFuture(new ProviderAnswer(
                PspOutcome.NOT_FOUND, answer.status(), "not_found", message, List.of(), answer.requestId()));
    }

    /** More than one intent of an order is somebody's mistake; all of them are told, and the saga sees it. */
    private CompletableFuture<ProviderAnswer> all(JsonNode found, AtomicInteger pages) {
        CompletableFuture<ProviderAnswer> joined = one(found.path(0), pages);
        for (int i = 1; i < found.size(); i++) {
            joined = joined.thenCombine(one(found.path(i), pages), StripeSync::joined);
        }
        return joined;
    }

    /** One that is missing now was shown by the search all the same: that is no proof that there is none. */
    private CompletableFuture<ProviderAnswer> one(JsonNode found, AtomicInteger pages) {
        String id = found.path("id").asText();
        return further(StripeRequests.intentPath(id)).thenCompose(answer -> around(id, answer, pages));
    }

    private CompletableFuture<ProviderAnswer> around(String intentId, Answer intent, AtomicInteger pages) {
        if (!StripeObjects.shows(intent, StripeObjects.INTENT, intentId)) {
            throw new ReadFailure(intent);
        }
        CompletableFuture<List<JsonNode>> charges = list(new Listing("charge", "payment_intent", intentId, pages));
        CompletableFuture<List<JsonNode>> refunds = list(new Listing("refund", "payment_intent", intentId, pages));
        CompletableFuture<List<JsonNode>> disputes = list(new Listing("dispute", "payment_intent", intentId, pages));
        return charges.thenCombine(refunds, StripeSync::plus)
                .thenCompose(moving -> withRows(moving, pages))
                .thenCombine(disputes, StripeSync::plus)
                .thenApply(objects -> {
                    List<PspFact> facts = new ArrayList<>(StripeFacts.of(intent.body(), null));
                    objects.forEach(object -> facts.addAll(StripeFacts.of(object, null)));
                    return new ProviderAnswer(PspOutcome.DONE, 200, null, null, facts, intent.requestId());
                });
    }

    /** The rows of the balance are listed by what caused them. */
    private CompletableFuture<List<JsonNode>> withRows(List<JsonNode> moving, AtomicInteger pages) {
        CompletableFuture<List<JsonNode>> all = CompletableFuture.completedFuture(moving);
        for (JsonNode object : moving) {
            String id = object.path("id").asText();
            all = all.thenCombine(list(new Listing("balance_transaction", "source", id, pages)), StripeSync::plus);
        }
        return all;
    }

    /**
     * A list to read.
     *
     * @param kind of its rows; the path is named after it
     * @param pages that all lists of this read have asked for
     */
    private record Listing(String kind, String filter, String value, AtomicInteger pages) {

        String page(@Nullable String after) {
            Map<String, String> query = new TreeMap<>(Map.of(filter, value, "limit", "100"));
            if (after != null) {
                query.put("starting_after", after);
            }
            return "/v1/" + kind + "s?" + StripeRequests.encode(query);
        }
    }

    /** All pages of a list; whatever isn't a page fails the read as a whole, since half a truth is none. */
    private CompletableFuture<List<JsonNode>> list(Listing listing) {
        return list(listing, null, List.of());
    }

    private CompletableFuture<List<JsonNode>> list(Listing listing, @Nullable String after, List<JsonNode> before) {
        if (listing.pages().incrementAndGet() > MOST_PAGES) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "pages of " + listing.value() + ": no end of them (expected: " + MOST_PAGES + " at most)"));
        }
        return further(listing.page(after)).thenCompose(answer -> {
            if (!StripeObjects.isPage(answer, "list", listing.kind())) {
                throw new ReadFailure(answer);
            }
            List<JsonNode> rows = new ArrayList<>(before);
            answer.body().path("data").forEach(rows::add);
            return answer.body().path("has_more").booleanValue()
                    ? list(listing, rows.get(rows.size() - 1).path("id").asText(), rows)
                    : CompletableFuture.completedFuture(rows);
        });
    }

    /** Of intents that were all read: one that isn't fails the read. */
    private static ProviderAnswer joined(ProviderAnswer one, ProviderAnswer other) {
        List<PspFact> facts = new ArrayList<>(one.facts());
        facts.addAll(other.facts());
        return new ProviderAnswer(PspOutcome.DONE, 200, null, null, facts, one.requestId());
    }

    private static List<JsonNode> plus(List<JsonNode> one, List<JsonNode> other) {
        List<JsonNode> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /** What came isn't what was to be read. */
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
