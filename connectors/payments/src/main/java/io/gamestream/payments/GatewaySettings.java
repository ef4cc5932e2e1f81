package io.gamestream.payments;

import io.gamestream.payments.action.ActionSettings;
import io.gamestream.payments.admin.AdminSettings;
import io.gamestream.payments.intake.IntakeSettings;
import io.gamestream.payments.webhook.WebhookSettings;
import io.gamestream.runtime.http.HttpSettings;

/**
 * Settings {@code payments-gateway}.
 *
 * @param eventLoops threads that serve requests
 * @param action what the client of a player has to do for a payment
 * @param admin the door for operators
 */
public record GatewaySettings(
        HttpSettings http,
        int eventLoops,
        IntakeSettings intake,
        WebhookSettings webhooks,
        ActionSettings action,
        AdminSettings admin) {

    public GatewaySettings {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("event-loops: " + eventLoops + " (expected: >= 1)");
        }
    }
}
