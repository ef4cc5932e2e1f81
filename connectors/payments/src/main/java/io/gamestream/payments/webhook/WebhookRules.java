package io.gamestream.payments.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.payments.psp.StripeFacts;
import io.gamestream.payments.psp.StripeFields;
import io.gamestream.payments.psp.StripeRequests;
import io.gamestream.schemas.payments.ArchivedWebhook;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a webhook's body says. Its type decides nothing: the object in it does, so that types yet to be invented are read too. */
final class WebhookRules {

    private static final Pattern CLIENT_SECRET = Pattern.compile("(\"client_secret\"\\s*:\\s*\")[^\"]*\"");

    /** The addresses of actions, such as 3-D Secure, have secrets in their queries. */
    private static final Pattern SECRET =
            Pattern.compile("(?:pi|seti|src|cs|py)_[A-Za-z0-9_]{0,200}secret_[A-Za-z0-9]+");

    private final boolean livemode;
    private final String account;

    WebhookRules(boolean livemode, String account) {
        this.livemode = livemode;
        this.account = account;
    }

    /**
     * Reads a body.
     *
     * @param text the same body, for the archive
     * @throws IllegalArgumentException where it is no event, saying what is missing
     */
    Webhook read(JsonNode body, String text, Instant receivedAt) {
        String id = required(body, "id");
        String type = required(body, "type");
        ArchivedWebhook archived = ArchivedWebhook.newBuilder()
                .setEventId(id)
                .setType(type)
                .setAccount(text(body, "account"))
                .setLivemode(body.path("livemode").asBoolean())
                .setApiVersion(text(body, "api_version"))
                .setBody(withoutSecrets(text))
                .setReceivedAt(receivedAt)
                .build();
        String notForUs = notForUs(body);
        if (notForUs != null) {
            return new Webhook(archived, null, notForUs);
        }
        try {
            return new Webhook(archived, event(body, id, type, receivedAt), null);
        } catch (IllegalArgumentException e) {
            // Sent again it would be no other: it is kept for people, and what it told comes with a read of the
            // payment.
            return new Webhook(archived, null, "unreadable: " + e.getMessage());
        }
    }

    private static String withoutSecrets(String text) {
        return SECRET.matcher(CLIENT_SECRET.matcher(text).replaceAll("$1\"")).replaceAll("");
    }

    private @Nullable String notForUs(JsonNode body) {
        if (body.path("livemode").asBoolean() != livemode) {
            return "livemode: " + body.path("livemode") + " (expected: " + livemode + ")";
        }
        String of = text(body, "account");
        if (!account.isEmpty() && of != null && !of.equals(account)) {
            return "account: " + of + " (expected: " + account + ")";
        }
        return null;
    }

    private static @Nullable WebhookEvent event(JsonNode body, String id, String type, Instant receivedAt) {
        JsonNode object = body.path("data").path("object");
        List<PspFact> facts = StripeFacts.of(object, text(body.path("request"), "idempotency_key"));
        if (facts.isEmpty() || facts.get(0).getObject() == PspObject.BALANCE_TRANSACTION) {
            return null;
        }
        String orderId = text(object.path("metadata"), StripeRequests.ORDER_ID);
        String intentId = facts.get(0).getIntentId();
        if (orderId == null && intentId == null) {
            return null;
        }
        Instant createdAt = StripeFields.created(body);
        return WebhookEvent.newBuilder()
                .setEventId(id)
                .setType(type)
                .setOrderId(orderId)
                .setIntentId(intentId)
                .setFacts(facts)
                .setCreatedAt(createdAt == null ? Instant.EPOCH : createdAt)
                .setReceivedAt(receivedAt)
                .build();
    }

    private static String required(JsonNode body, String field) {
        String value = text(body, field);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the event has no " + field);
        }
        return value;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
