package io.gamestream.serving.render;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import java.io.IOException;
import java.util.List;

/** A payment as {@code /v1/payments/{id}} answers it. */
public final class PaymentJson {

    private PaymentJson() {}

    /** The members, without the opening brace. The status comes first, where {@code /v1/orders/{id}} finds it. */
    public static byte[] render(PaymentView payment) {
        return JsonMembers.of(json -> {
            json.writeStringField("status", payment.getStatus().name());
            json.writeStringField("orderId", payment.getOrderId());
            json.writeStringField("userId", payment.getUserId());
            json.writeStringField("payment", payment.getPayment().name());
            json.writeStringField("paymentStatus", payment.getPaymentStatus());
            json.writeBooleanField("outcomeKnown", payment.getOutcomeKnown());
            amounts(json, payment);
            lines(json, payment);
            json.writeStringField("intentId", payment.getIntentId());
            attempts(json, payment);
            operations(json, payment);
            refunds(json, payment);
            disputes(json, payment);
            json.writeStringField("problem", payment.getProblem());
            json.writeStringField("deadLetterId", payment.getDeadLetterId());
            json.writeStringField(
                    "placedAt",
                    payment.getPlacedAt() == null ? null : payment.getPlacedAt().toString());
            json.writeStringField("updatedAt", payment.getUpdatedAt().toString());
            json.writeNumberField("seq", payment.getSeq());
        });
    }

    /** What a payment's status is for an order: one of those that rows of orders have. */
    public static String orderStatus(String paymentStatus) {
        return switch (OrderState.valueOf(paymentStatus)) {
            case UNPLACED, CREATED, AWAITING_PAYMENT, PARKED, UNKNOWN -> "PENDING";
            case PAID, FULFILLED, COMPLETED -> "PAID";
            case PAYMENT_FAILED, EXPIRED, CANCELED -> "CANCELLED";
            case REFUNDED, CHARGED_BACK -> "REFUNDED";
        };
    }

    private static void amounts(JsonGenerator json, PaymentView payment) throws IOException {
        String currency = payment.getCurrency();
        JsonMembers.money(json, "total", payment.getTotalMinor(), currency);
        JsonMembers.money(json, "authorized", payment.getAuthorizedMinor(), currency);
        JsonMembers.money(json, "captured", payment.getCapturedMinor(), currency);
        JsonMembers.money(json, "refundPending", payment.getRefundPendingMinor(), currency);
        JsonMembers.money(json, "refunded", payment.getRefundedMinor(), currency);
        JsonMembers.money(json, "disputed", payment.getDisputedMinor(), currency);
        JsonMembers.money(json, "lost", payment.getLostMinor(), currency);
        JsonMembers.money(json, "fees", payment.getFeesMinor(), currency);
    }

    private static void lines(JsonGenerator json, PaymentView payment) throws IOException {
        json.writeArrayFieldStart("lines");
        for (PaymentLine line : payment.getLines()) {
            json.writeStartObject();
            json.writeStringField("gameId", line.getGameId());
            json.writeNumberField("quantity", line.getQuantity());
            JsonMembers.money(json, "unitPrice", line.getUnitPriceMinor(), payment.getCurrency());
            json.writeBooleanField("captured", line.getCaptured());
            JsonMembers.money(json, "refunded", line.getRefundedMinor(), payment.getCurrency());
            json.writeStringField("access", line.getAccess());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void attempts(JsonGenerator json, PaymentView payment) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (PaymentAttempt attempt : payment.getAttempts()) {
            json.writeStartObject();
            json.writeNumberField("number", attempt.getNumber());
            json.writeStringField("state", attempt.getState().name());
            json.writeStringField("declineClass", attempt.getDeclineClass());
            json.writeStringField("declineCode", attempt.getDeclineCode());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void operations(JsonGenerator json, PaymentView payment) throws IOException {
        json.writeArrayFieldStart("operations");
        for (PaymentOperation operation : payment.getOperations()) {
            json.writeStartObject();
            json.writeStringField("operationId", operation.getOperationId());
            json.writeStringField("kind", operation.getKind().name());
            json.writeNumberField("attempt", operation.getAttempt());
            json.writeStringField("state", operation.getState().name());
            if (operation.getAmountMinor() == null) {
                json.writeNullField("amount");
            } else {
                JsonMembers.money(json, "amount", operation.getAmountMinor(), payment.getCurrency());
            }
            json.writeNumberField("issue", operation.getIssue());
            json.writeStringField("firstIssuedAt", operation.getFirstIssuedAt().toString());
            json.writeStringField("problem", operation.getProblem());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void refunds(JsonGenerator json, PaymentView payment) throws IOException {
        json.writeArrayFieldStart("refunds");
        for (PaymentRefund refund : payment.getRefunds()) {
            json.writeStartObject();
            json.writeStringField("refundId", refund.getRefundId());
            json.writeStringField("status", refund.getStatus());
            JsonMembers.money(json, "amount", refund.getAmountMinor(), payment.getCurrency());
            texts(json, "gameIds", refund.getGameIds());
            json.writeStringField("reason", refund.getReason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void disputes(JsonGenerator json, PaymentView payment) throws IOException {
        json.writeArrayFieldStart("disputes");
        for (PaymentDispute dispute : payment.getDisputes()) {
            json.writeStartObject();
            json.writeStringField("disputeId", dispute.getDisputeId());
            json.writeStringField("status", dispute.getStatus().name());
            JsonMembers.money(json, "amount", dispute.getAmountMinor(), payment.getCurrency());
            json.writeStringField("reason", dispute.getReason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
