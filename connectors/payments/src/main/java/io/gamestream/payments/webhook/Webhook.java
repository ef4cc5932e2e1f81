package io.gamestream.payments.webhook;

import io.gamestream.schemas.payments.ArchivedWebhook;
import io.gamestream.schemas.payments.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A verified webhook, ready for Kafka.
 *
 * @param event what it says about a payment; null where it says nothing, or isn't meant for us
 * @param notForUs why not
 */
record Webhook(
        ArchivedWebhook archived,
        @Nullable WebhookEvent event,
        @Nullable String notForUs) {}
