package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe's objects say, in our words; the same from an answer, a webhook or a listing. Objects of other kinds say
 * nothing. Pure.
 */
public final class StripeFacts {

    private StripeFacts() {}

    /**
     * The facts in an object, a list or an error, and in the objects expanded in it.
     *
     * @param operationId our operation that it comes from; null where the provider doesn't say
     */
    public static List<PspFact> of(JsonNode node, @Nullable String operationId) {
        List<PspFact> facts = new ArrayList<>();
        collect(node, operationId, facts);
        return facts;
    }

    private static void collect(JsonNode node, @Nullable String operationId, List<PspFact> facts) {
        switch (node.path("object").asText()) {
            case "payment_intent" -> {
                facts.add(intent(node, operationId));
                collect(node.path("latest_charge"), operationId, facts);
            }
            case "charge" -> {
                facts.add(charge(node, operationId));
                collect(node.path("balance_transaction"), operationId, facts);
            }
            case "refund" -> {
                facts.add(refund(node, operationId));
                collect(node.path("balance_transaction"), operationId, facts);
            }
            case "dispute" -> {
                facts.add(dispute(node));
                node.path("balance_transactions").forEach(row -> collect(row, null, facts));
            }
            case "balance_transaction" -> facts.add(row(node));
            case "list", "search_result" -> node.path("data").forEach(row -> collect(row, operationId, facts));
            default -> collectFromError(node.path("error"), operationId, facts);
        }
    }

    private static void collectFromError(JsonNode error, @Nullable String operationId, List<PspFact> facts) {
        if (error.isObject()) {
            collect(error.path("payment_intent"), operationId, facts);
        }
    }

    private static PspFact intent(JsonNode node, @Nullable String operationId) {
        JsonNode error = node.path("last_payment_error");
        String charge = id(node.path("latest_charge"));
        return begin(PspObject.INTENT, node)
                .setIntentId(text(node, "id"))
                .setChargeId(charge == null ? id(error.path("charge")) : charge)
                .setOperationId(operationId)
                .setCapturableMinor(amount(node, "amount_capturable"))
                .setCapturedMinor(amount(node, "amount_received"))
                .setDeclineCode(declineCode(error))
                .setAdviceCode(text(error, "advice_code"))
                .setReason(text(node, "cancellation_reason"))
                .build();
    }

    private static PspFact charge(JsonNode node, @Nullable String operationId) {
        JsonNode outcome = node.path("outcome");
        boolean failed = "failed".equals(text(node, "status"));
        String reason = text(outcome, "reason");
        return begin(PspObject.CHARGE, node)
                .setIntentId(id(node.path("payment_intent")))
                .setChargeId(text(node, "id"))
                .setOperationId(operationId)
                .setCapturedMinor(amount(node, "amount_captured"))
                .setRefundedMinor(amount(node, "amount_refunded"))
                .setDeclineCode(failed ? (reason == null ? text(node, "failure_code") : reason) : null)
                .setAdviceCode(failed ? text(outcome, "advice_code") : null)
                .build();
    }

    /** A refund is made by one operation, so its own metadata names it; an intent's names only the first of several. */
    private static PspFact refund(JsonNode node, @Nullable String operationId) {
        String named = text(node.path("metadata"), StripeRequests.OPERATION_ID);
        return begin(PspObject.REFUND, node)
                .setIntentId(id(node.path("payment_intent")))
                .setChargeId(id(node.path("charge")))
                .setOperationId(named == null ? operationId : named)
                .setReason(text(node, "failure_reason"))
                .build();
    }

    private static PspFact dispute(JsonNode node) {
        PspFact.Builder fact = begin(PspObject.DISPUTE, node)
                .setIntentId(id(node.path("payment_intent")))
                .setChargeId(id(node.path("charge")))
                .setReason(text(node, "reason"));
        JsonNode rows = node.path("balance_transactions");
        if (rows.isArray()) {
            long withdrawn = 0;
            long reinstated = 0;
            for (JsonNode row : rows) {
                long amount = StripeAmounts.toIso(
                        row.path("amount").asLong(), row.path("currency").asText());
                withdrawn += Math.max(0, -amount);
                reinstated += Math.max(0, amount);
            }
            fact.setWithdrawnMinor(withdrawn).setReinstatedMinor(reinstated);
        }
        return fact.build();
    }

    private static PspFact row(JsonNode node) {
        return begin(PspObject.BALANCE_TRANSACTION, node)
                .setFeeMinor(amount(node, "fee"))
                .setReason(text(node, "reporting_category"))
                .setSourceId(id(node.path("source")))
                .build();
    }

    private static PspFact.Builder begin(PspObject object, JsonNode node) {
        PspFact.Builder fact = PspFact.newBuilder()
                .setObject(object)
                .setId(node.path("id").asText())
                .setStatus(status(node.path("status").asText()))
                .setAmountMinor(StripeAmounts.toIso(
                        node.path("amount").asLong(), node.path("currency").asText()))
                .setCurrency(node.path("currency").asText().toUpperCase(Locale.ROOT));
        if (node.path("created").isIntegralNumber()) {
            fact.setCreatedAt(Instant.ofEpochSecond(node.path("created").asLong()));
        }
        return fact;
    }

    /** A status that was invented after us is unknown, and never taken for one that we know. */
    private static PspStatus status(String wire) {
        String name = wire.toUpperCase(Locale.ROOT);
        for (PspStatus status : PspStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return "AVAILABLE".equals(name) ? PspStatus.SUCCEEDED : PspStatus.UNKNOWN;
    }

    private static @Nullable String declineCode(JsonNode error) {
        String declined = text(error, "decline_code");
        return declined == null ? text(error, "code") : declined;
    }

    private static @Nullable Long amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber()
                ? StripeAmounts.toIso(value.asLong(), node.path("currency").asText())
                : null;
    }

    /** Of an object or of its id alone. */
    private static @Nullable String id(JsonNode node) {
        return node.isObject() ? text(node, "id") : node.isTextual() ? node.asText() : null;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
