package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeHttp.Answer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the PSP's balance. Blocks; one request at a time, so that it takes little of the rate that payments need. */
public final class StripeBalance {

    private static final Logger LOG = LoggerFactory.getLogger(StripeBalance.class);
    private static final int TRIES = 5;

    /** Few requests for a shop that sleeps; of a busy one, what fits: 15 orders a second come to some 35 MB by estimate. */
    private static final Duration AT_A_TIME = Duration.ofHours(1);

    private final StripeHttp http;

    public StripeBalance(ProviderSettings settings) {
        this.http = new StripeHttp(settings);
    }

    /** What rows of the balance need of the object that caused them. */
    private record Cause(
            @Nullable String intentId,
            @Nullable String orderId,
            @Nullable String chargeId) {

        static Cause of(JsonNode object) {
            return new Cause(
                    StripeFields.text(object, "payment_intent"),
                    StripeFields.text(object.path("metadata"), StripeRequests.ORDER_ID),
                    StripeFields.text(object, "charge"));
        }
    }

    /** What is done with each row of a list. */
    private interface Row {

        void read(JsonNode row) throws InterruptedException;
    }

    /**
     * All of a time, an hour after the other, oldest first: no more than an hour of it is held.
     *
     * @param until not included
     * @param disputes is given those that were opened in it
     * @return rows and disputes that are left out, such as those of a currency that we can't count
     * @throws UnreadableException where the PSP doesn't answer, or not with a list; half of it may have been given by then
     */
    public int list(Instant from, Instant until, Consumer<BalanceMove> moves, Consumer<DisputeState> disputes)
            throws InterruptedException {
        int unreadable = 0;
        for (Instant hour = from; hour.isBefore(until); hour = hour.plus(AT_A_TIME)) {
            Instant end = hour.plus(AT_A_TIME);
            unreadable += listAtOnce(hour, end.isBefore(until) ? end : until, moves, disputes);
        }
        return unreadable;
    }

    private int listAtOnce(Instant from, Instant until, Consumer<BalanceMove> moves, Consumer<DisputeState> disputes)
            throws InterruptedException {
        Map<String, Cause> causes = new HashMap<>();
        List<BalanceMove> newestFirst = new ArrayList<>();
        int unreadable = 0;
        for (String kind : List.of("charge", "refund")) {
            pages(kind, from, until, row -> causes.put(row.path("id").asText(), Cause.of(row)));
        }
        unreadable += pages("dispute", from, until, row -> {
            causes.put(row.path("id").asText(), Cause.of(row));
            disputes.accept(state(row, causes));
        });
        unreadable += pages("balance_transaction", from, until, row -> newestFirst.add(move(row, causes)));
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            moves.accept(newestFirst.get(i));
        }
        return unreadable;
    }

    private DisputeState state(JsonNode row, Map<String, Cause> causes) throws InterruptedException {
        String currency = row.path("currency").asText();
        return new DisputeState(
                row.path("id").asText(),
                orderOfCharge(StripeFields.text(row, "charge"), causes),
                row.path("status").asText().toUpperCase(Locale.ROOT),
                StripeFields.amount(row, "amount"),
                currency.toUpperCase(Locale.ROOT),
                created(row));
    }

    private static Instant created(JsonNode row) {
        Instant created = StripeFields.created(row);
        if (created == null) {
            throw new IllegalArgumentException("created: none (expected: seconds)");
        }
        return created;
    }

    private @Nullable String orderOfCharge(@Nullable String chargeId, Map<String, Cause> causes)
            throws InterruptedException {
        return chargeId == null
                ? null
                : cause(chargeId, BalanceMove.Kind.CAPTURE, causes).orderId();
    }

    /** What caused a row may be older than the row, and is then asked for by its id. */
    private BalanceMove move(JsonNode row, Map<String, Cause> causes) throws InterruptedException {
        String currency = row.path("currency").asText();
        String source = row.path("source").asText();
        BalanceMove.Kind kind = kind(row.path("reporting_category").asText());
        Cause cause = kind == BalanceMove.Kind.OTHER ? Cause.of(row) : cause(source, kind, causes);
        String orderId = cause.orderId();
        if (orderId == null && (kind == BalanceMove.Kind.DISPUTE || kind == BalanceMove.Kind.REFUND)) {
            orderId = orderOfCharge(cause.chargeId(), causes);
        }
        return new BalanceMove(
                row.path("id").asText(),
                kind,
                source,
                cause.intentId(),
                orderId,
                StripeFields.amount(row, "amount"),
                StripeFields.amount(row, "fee"),
                currency.toUpperCase(Locale.ROOT),
                created(row));
    }

    private Cause cause(String id, BalanceMove.Kind kind, Map<String, Cause> causes) throws InterruptedException {
        Cause known = causes.get(id);
        if (known == null) {
            String object =
                    switch (kind) {
                        case CAPTURE -> "charge";
                        case REFUND -> "refund";
                        case DISPUTE -> "dispute";
                        case OTHER -> throw new IllegalArgumentException("kind: OTHER (expected: one with an object)");
                    };
            known = Cause.of(get(
                    "/v1/" + object + "s/" + StripeRequests.escape(id),
                    answer -> StripeObjects.shows(answer, object, id)));
            causes.put(id, known);
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

    /**
     * Reads each row as its page comes.
     *
     * @return how many could not be read
     */
    private int pages(String kind, Instant from, Instant until, Row reader) throws InterruptedException {
        String path = "/v1/" + kind + "s";
        int unreadable = 0;
        Set<String> ends = new HashSet<>();
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
            page = get(path + "?" + StripeRequests.encode(query), answer -> StripeObjects.isPage(answer, "list", kind));
            for (JsonNode row : page.path("data")) {
                after = row.path("id").asText();
                unreadable += isRead(path, row, reader) ? 0 : 1;
            }
            if (after != null && !ends.add(after)) {
                throw new UnreadableException("GET " + path + ": the page that ends with " + after + " came twice");
            }
        } while (page.path("has_more").booleanValue());
        return unreadable;
    }

    /** One row in a currency that we can't count must not keep all others from being compared. */
    private static boolean isRead(String path, JsonNode row, Row reader) throws InterruptedException {
        try {
            reader.read(row);
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "{} of {} is left out of the comparison: {}", row.path("id").asText(), path, e.getMessage());
            return false;
        }
    }

    /** @param isAskedFor what isn't is asked for again: an empty object must not end a list, as if that were all */
    private JsonNode get(String pathAndQuery, Predicate<Answer> isAskedFor) throws InterruptedException {
        String problem = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (attempt > 0) {
                // What the PSP answers 429 or 503 to is asked again after 200, 400, 800 ms ...
                Thread.sleep(100L << attempt);
            }
            try {
                Answer answer = http.get(pathAndQuery).join();
                if (isAskedFor.test(answer)) {
                    return answer.body();
                }
                problem = "HTTP status " + answer.status() + ", and not what was asked for";
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

    /** The PSP's books could not be read to the end; half of them prove nothing. */
    public static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
