package io.gamestream.chaos.payments.load;

import io.gamestream.local.psp.webhook.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A webhook that the PSP never sent, and that would pay for somebody's order. Pure.
 *
 * @param signature the header {@code Stripe-Signature}
 */
record Forgery(String event, String body, String signature) {

    /** A minute more than Stripe's libraries tolerate, and the gateway. */
    private static final Duration TOO_OLD = Duration.ofMinutes(6);

    /** By an attacker who knows the format and not the secret. */
    static Forgery unsigned(int number, String order, Instant now) {
        String event = "evt_forged_" + number;
        String body = body(event, "pi_forged_" + number, order, now);
        return new Forgery(event, body, "t=" + now.getEpochSecond() + ",v1=" + "ab".repeat(32));
    }

    /** By one who has listened, and sends it much later: signed as it has to be, and too old. */
    static Forgery stale(int number, String order, Instant now, String secret) {
        Instant then = now.minus(TOO_OLD);
        String event = "evt_stale_" + number;
        String body = body(event, "pi_stale_" + number, order, then);
        String signature =
                Signature.header(body.getBytes(StandardCharsets.UTF_8), List.of(secret), then.getEpochSecond());
        return new Forgery(event, body, signature);
    }

    private static String body(String event, String intent, String order, Instant at) {
        return "{\"id\":\"" + event
                + "\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"livemode\":false,"
                + "\"created\":" + at.getEpochSecond() + ",\"data\":{\"object\":{\"id\":\"" + intent
                + "\",\"object\":\"payment_intent\",\"amount\":1,\"amount_received\":1,\"currency\":\"eur\","
                + "\"status\":\"succeeded\",\"metadata\":{\"order_id\":\"" + order + "\"}}}}";
    }
}
