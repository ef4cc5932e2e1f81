package io.gamestream.local.psp.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.local.psp.core.ApiError;
import io.gamestream.local.psp.core.BalanceRow;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Failure;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.IntentStatus;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.runtime.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects in Stripe's shapes, of API version 2026-07-29.dahlia. */
public final class StripeJson {

    /** Of every object, event and answer. */
    public static final String API_VERSION = "2026-07-29.dahlia";

    private static final JsonNode SHAPES = shapes();
    private static final int DAYS_TO_RESPOND = 7 * 86_400;

    private StripeJson() {}

    /** Any object. */
    public static ObjectNode of(PspObject object) {
        if (object instanceof Intent intent) {
            return intent(intent);
        } else if (object instanceof Charge charge) {
            return charge(charge);
        } else if (object instanceof Refund refund) {
            return refund(refund);
        } else if (object instanceof Dispute dispute) {
            return dispute(dispute);
        }
        return row((BalanceRow) object);
    }

    /** An event with the object as it was then. */
    public static ObjectNode event(PspEvent event, PspObject object, boolean pending) {
        ObjectNode node = shape("event");
        node.put("id", event.id());
        node.put("created", event.created());
        node.put("type", event.type());
        node.put("pending_webhooks", pending ? 1 : 0);
        node.withObject("/data").set("object", of(object));
        node.withObject("/request").put("id", event.requestId()).put("idempotency_key", event.idempotencyKey());
        return node;
    }

    /** An error; the intent is shown where the error has one. */
    public static ObjectNode error(ApiError error, @Nullable Intent intent) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode node = body.putObject("error");
        node.put("message", error.message());
        node.put("type", error.type());
        putIfThere(node, "code", error.code());
        putIfThere(node, "param", error.param());
        putIfThere(node, "decline_code", error.declineCode());
        putIfThere(node, "advice_code", error.adviceCode());
        putIfThere(node, "charge", error.charge());
        if (intent != null) {
            node.set("payment_intent", intent(intent));
        }
        return body;
    }

    private static ObjectNode intent(Intent intent) {
        ObjectNode node = shape("payment_intent");
        node.put("id", intent.id());
        node.put("amount", intent.amount());
        node.put("amount_capturable", intent.capturable());
        node.put("amount_received", intent.received());
        if (intent.canceledAt() > 0) {
            node.put("canceled_at", intent.canceledAt());
        }
        node.put("cancellation_reason", intent.cancellationReason());
        node.put("capture_method", intent.manualCapture() ? "manual" : "automatic");
        node.put("client_secret", intent.id() + "_secret_simulated");
        node.put("created", intent.created());
        node.put("currency", intent.currency());
        node.put("description", intent.description());
        node.put("latest_charge", intent.charge());
        node.set("metadata", metadata(intent.metadata()));
        node.put("payment_method", intent.paymentMethod());
        node.put("status", intent.status().wire());
        if (intent.failure() != null) {
            node.set("last_payment_error", failure(intent.failure()));
        }
        if (intent.status() == IntentStatus.REQUIRES_ACTION) {
            node.set(
                    "next_action",
                    Json.MAPPER.valueToTree(Map.of(
                            "type", "use_stripe_sdk", "use_stripe_sdk", Map.of("type", "three_d_secure_redirect"))));
        }
        if (intent.status() == IntentStatus.PROCESSING) {
            node.set("processing", Json.MAPPER.valueToTree(Map.of("type", "card")));
        }
        return node;
    }

    private static ObjectNode charge(Charge charge) {
        ObjectNode node = shape("charge");
        boolean good = charge.status() == Charge.Status.SUCCEEDED;
        node.put("id", charge.id());
        node.put("amount", charge.amount());
        node.put("amount_captured", charge.captured());
        node.put("amount_refunded", charge.refunded());
        node.put("balance_transaction", charge.balanceTransaction());
        node.put("captured", charge.taken());
        node.put("created", charge.created());
        node.put("currency", charge.currency());
        node.put("disputed", charge.disputed());
        node.set("metadata", metadata(charge.metadata()));
        node.put("paid", good);
        node.put("payment_intent", charge.intent());
        node.put("payment_method", charge.paymentMethod());
        node.put("refunded", charge.taken() && charge.refunded() == charge.captured());
        node.withObject("/refunds").put("url", "/v1/charges/" + charge.id() + "/refunds");
        node.put("status", charge.status().wire());
        Failure failure = charge.failure();
        if (failure != null) {
            node.put("failure_code", failure.code());
            node.put("failure_message", failure.message());
            node.withObject("/outcome")
                    .put("advice_code", failure.adviceCode())
                    .put("network_status", "declined_by_network")
                    .put("reason", failure.declineCode())
                    .put("seller_message", "The bank did not return any further details with this decline.")
                    .put("type", "issuer_declined");
        }
        return node;
    }

    private static ObjectNode refund(Refund refund) {
        ObjectNode node = shape("refund");
        node.put("id", refund.id());
        node.put("amount", refund.amount());
        node.put("balance_transaction", refund.balanceTransaction());
        node.put("charge", refund.charge());
        node.put("created", refund.created());
        node.put("currency", refund.currency());
        node.set("metadata", metadata(refund.metadata()));
        node.put("payment_intent", refund.intent());
        node.put("reason", refund.reason());
        node.put("status", refund.status().wire());
        putIfThere(node, "failure_reason", refund.failureReason());
        return node;
    }

    private static ObjectNode dispute(Dispute dispute) {
        ObjectNode node = shape("dispute");
        node.put("id", dispute.id());
        node.put("amount", dispute.amount());
        ArrayNode rows = node.putArray("balance_transactions");
        dispute.rows().forEach(row -> rows.add(row(row)));
        node.put("charge", dispute.charge());
        node.put("created", dispute.created());
        node.put("currency", dispute.currency());
        node.withObject("/evidence_details").put("due_by", dispute.created() + DAYS_TO_RESPOND);
        node.put("is_charge_refundable", dispute.leavesRefundable());
        node.put("payment_intent", dispute.intent());
        node.put("reason", dispute.reason());
        node.put("status", dispute.status().wire());
        return node;
    }

    private static ObjectNode row(BalanceRow row) {
        ObjectNode node = shape("balance_transaction");
        node.put("id", row.id());
        node.put("amount", row.amount());
        node.put("available_on", row.created());
        node.put("created", row.created());
        node.put("currency", row.currency());
        node.put("fee", row.fee());
        node.put("net", row.net());
        node.put("reporting_category", row.category());
        node.put("source", row.source());
        node.put("type", row.type());
        if (row.fee() != 0) {
            node.putArray("fee_details")
                    .addObject()
                    .put("amount", row.fee())
                    .putNull("application")
                    .put("currency", row.currency())
                    .put("description", "Processing fees")
                    .put("type", "stripe_fee");
        }
        return node;
    }

    private static ObjectNode failure(Failure failure) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", failure.code());
        node.put("message", failure.message());
        node.put("type", failure.declineCode() == null ? "invalid_request_error" : "card_error");
        putIfThere(node, "decline_code", failure.declineCode());
        putIfThere(node, "advice_code", failure.adviceCode());
        putIfThere(node, "charge", failure.charge());
        return node;
    }

    private static JsonNode metadata(Map<String, String> metadata) {
        return Json.MAPPER.valueToTree(metadata);
    }

    private static void putIfThere(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static ObjectNode shape(String name) {
        return SHAPES.required(name).deepCopy();
    }

    private static JsonNode shapes() {
        try (InputStream in = Objects.requireNonNull(StripeJson.class.getResourceAsStream("shapes.json"))) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
