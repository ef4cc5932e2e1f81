package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks that name only a payment intent: to its order, or kept until it is known. Pure. */
final class RouteRules {

    /**
     * What follows.
     *
     * @param state to keep
     * @param orderId of the order that the webhooks go to; null while it isn't known
     */
    record Route(
            WaitingWebhooks state,
            @Nullable String orderId,
            List<WebhookEvent> webhooks,
            @Nullable ParkedOrder deadLetter) {}

    /** Of one intent that wait for its order; the PSP sends some twenty. They are one row, and a row is one record. */
    static final int MOST_WAITING = 200;

    private RouteRules() {}

    /**
     * A webhook to its order, or to those that wait.
     *
     * @throws BadRecordException where too many wait: it becomes a dead letter, to be replayed when the order is known
     */
    static Route webhook(@Nullable WaitingWebhooks before, WebhookEvent event, long now) {
        WaitingWebhooks state = heardOf(before, now);
        if (state.getOrderId() != null) {
            return new Route(state, state.getOrderId(), List.of(event), null);
        }
        boolean known = state.getWebhooks().stream()
                .anyMatch(waiting -> waiting.getEventId().equals(event.getEventId()));
        if (!known) {
            if (state.getWebhooks().size() >= MOST_WAITING) {
                throw new BadRecordException("webhook " + event.getEventId() + ": " + MOST_WAITING
                        + " others of the same payment intent wait for its order (expected: fewer)");
            }
            state.getWebhooks().add(event);
        }
        if (state.getWaitingSince() == null) {
            state.setWaitingSince(now);
        }
        return new Route(state, null, List.of(), null);
    }

    static Route reference(@Nullable WaitingWebhooks before, String intentId, String orderId, long now) {
        WaitingWebhooks state = heardOf(before, now);
        List<WebhookEvent> waiting = List.copyOf(state.getWebhooks());
        @Nullable
        ParkedOrder resolved = state.getParked()
                ? letter(intentId, state, DeadLetterStatus.RESOLVED, "reference to order " + orderId, now)
                : null;
        state.setOrderId(orderId);
        state.setWebhooks(new ArrayList<>());
        state.setWaitingSince(null);
        state.setParked(false);
        return new Route(state, orderId, waiting, resolved);
    }

    /** The order has not become known in time; null where it has, or is told of already. */
    static @Nullable Route overdue(@Nullable WaitingWebhooks before, String intentId, long now) {
        if (before == null || before.getOrderId() != null || before.getParked()) {
            return null;
        }
        WaitingWebhooks state = WaitingWebhooks.newBuilder(before).build();
        state.setParked(true);
        return new Route(state, null, List.of(), letter(intentId, state, DeadLetterStatus.OPEN, null, now));
    }

    /**
     * What becomes of what is known of an intent.
     *
     * @param state to keep; null forgets it
     * @param resolved the dead letter that nobody will ever settle
     */
    record Aged(@Nullable WaitingWebhooks state, @Nullable ParkedOrder resolved) {}

    /** Looks at an intent of old; null where it stays as it is. Webhooks that nobody was told of are never forgotten. */
    static @Nullable Aged aged(WaitingWebhooks before, String intentId, Duration keep, long now) {
        Long seenAt = before.getSeenAt();
        if (seenAt == null) {
            return new Aged(seen(before, now), null);
        }
        if (now - seenAt < keep.toMillis() || (before.getOrderId() == null && !before.getParked())) {
            return null;
        }
        return new Aged(
                null,
                before.getParked()
                        ? letter(
                                intentId,
                                before,
                                DeadLetterStatus.RESOLVED,
                                "no order within " + keep.toDays() + " days",
                                now)
                        : null);
    }

    private static WaitingWebhooks seen(WaitingWebhooks before, long now) {
        return WaitingWebhooks.newBuilder(before).setSeenAt(now).build();
    }

    private static ParkedOrder letter(
            String intentId, WaitingWebhooks state, DeadLetterStatus status, @Nullable String by, long now) {
        long since = state.getWaitingSince() == null ? now : state.getWaitingSince();
        return new ParkedOrder(
                intentId + ":parked:1",
                intentId,
                status,
                ParkCause.ORPHAN,
                state.getWebhooks().size() + " webhook(s) about payment intent " + intentId + ", which no order has",
                "Find out who made the payment intent and refund it there. They are passed on by themselves once an order"
                        + " has it.",
                false,
                state.getWebhooks().stream()
                        .map(event -> event.getCreatedAt() + " " + event.getEventId() + " " + event.getType())
                        .toList(),
                null,
                by,
                Instant.ofEpochMilli(since),
                Instant.ofEpochMilli(now));
    }

    /** Heard of just now. */
    private static WaitingWebhooks heardOf(@Nullable WaitingWebhooks before, long now) {
        return seen(before == null ? new WaitingWebhooks(null, new ArrayList<>(), null, false, null) : before, now);
    }
}
