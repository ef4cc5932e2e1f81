package io.gamestream.payments.webhook;

import io.gamestream.schemas.payments.ArchivedWebhook;
import io.gamestream.schemas.payments.WebhookEvent;
import org.jspecify.annotations.Nullable;

/**
 * A verified webhook, ready for Kafka.
 *
 * @param event what it says about a payment; null where it says nothing, isn't meant for us or can't be read
 * @param notForUs why it isn't processed: it is for somebody else, or of a currency that we can't count
 */
record Webhook(
        ArchivedWebhook archived,
        @Nullable WebhookEvent event,
        @Nullable String notForUs) {}
