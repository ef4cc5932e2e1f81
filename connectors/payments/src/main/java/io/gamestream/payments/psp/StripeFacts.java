package io.gamestream.payments.psp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspStatus;
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
     * @throws IllegalArgumentException for what can't be counted, or our records can't hold
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
        String charge = StripeFields.idOf(node.path("latest_charge"));
        return begin(PspObject.INTENT, node)
                .setIntentId(StripeFields.id(node))
                .setChargeId(charge == null ? StripeFields.idOf(error.path("charge")) : charge)
                .setOperationId(operationId)
                .setCapturableMinor(StripeFields.optionalAmount(node, "amount_capturable"))
                .setCapturedMinor(StripeFields.optionalAmount(node, "amount_received"))
                .setDeclineCode(declineCode(error))
                .setAdviceCode(StripeFields.text(error, "advice_code"))
                .setReason(StripeFields.text(node, "cancellation_reason"))
                .build();
    }

    private static PspFact charge(JsonNode node, @Nullable String operationId) {
        JsonNode outcome = node.path("outcome");
        boolean failed = "failed".equals(StripeFields.text(node, "status"));
        String reason = StripeFields.text(outcome, "reason");
        return begin(PspObject.CHARGE, node)
                .setIntentId(StripeFields.idOf(node.path("payment_intent")))
                .setChargeId(StripeFields.id(node))
                .setOperationId(operationId)
                .setCapturedMinor(StripeFields.optionalAmount(node, "amount_captured"))
                .setRefundedMinor(StripeFields.optionalAmount(node, "amount_refunded"))
                .setDeclineCode(failed ? (reason == null ? StripeFields.text(node, "failure_code") : reason) : null)
                .setAdviceCode(failed ? StripeFields.text(outcome, "advice_code") : null)
                .build();
    }

    /** A refund is made by one operation, so its own metadata names it; an intent's names only the first of several. */
    private static PspFact refund(JsonNode node, @Nullable String operationId) {
        String named = StripeFields.text(node.path("metadata"), StripeRequests.OPERATION_ID);
        return begin(PspObject.REFUND, node)
                .setIntentId(StripeFields.idOf(node.path("payment_intent")))
                .setChargeId(StripeFields.idOf(node.path("charge")))
                .setOperationId(named == null ? operationId : named)
                .setReason(StripeFields.text(node, "failure_reason"))
                .build();
    }

    private static PspFact dispute(JsonNode node) {
        PspFact.Builder fact = begin(PspObject.DISPUTE, node)
                .setIntentId(StripeFields.idOf(node.path("payment_intent")))
                .setChargeId(StripeFields.idOf(node.path("charge")))
                .setReason(StripeFields.text(node, "reason"));
        JsonNode rows = node.path("balance_transactions");
        if (rows.isArray()) {
            long withdrawn = 0;
            long reinstated = 0;
            for (JsonNode row : rows) {
                long amount = StripeFields.amount(row, "amount");
                withdrawn += Math.max(0, -amount);
                reinstated += Math.max(0, amount);
            }
            fact.setWithdrawnMinor(withdrawn).setReinstatedMinor(reinstated);
        }
        return fact.build();
    }

    private static PspFact row(JsonNode node) {
        return begin(PspObject.BALANCE_TRANSACTION, node)
                .setFeeMinor(StripeFields.optionalAmount(node, "fee"))
                .setReason(StripeFields.text(node, "reporting_category"))
                .setSourceId(StripeFields.idOf(node.path("source")))
                .build();
    }

    private static PspFact.Builder begin(PspObject object, JsonNode node) {
        return PspFact.newBuilder()
                .setObject(object)
                .setId(StripeFields.id(node))
                .setStatus(status(node.path("status").asText()))
                .setAmountMinor(StripeFields.amount(node, "amount"))
                .setCurrency(node.path("currency").asText().toUpperCase(Locale.ROOT))
                .setCreatedAt(StripeFields.created(node));
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
        String declined = StripeFields.text(error, "decline_code");
        return declined == null ? StripeFields.text(error, "code") : declined;
    }
}
