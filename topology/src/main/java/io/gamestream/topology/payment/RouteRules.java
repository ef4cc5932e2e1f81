package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.WebhookEvent;
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

    private RouteRules() {}

    static Route webhook(@Nullable WaitingWebhooks before, WebhookEvent event, long now) {
        WaitingWebhooks state = copy(before);
        if (state.getOrderId() != null) {
            return new Route(state, state.getOrderId(), List.of(event), null);
        }
        boolean known = state.getWebhooks().stream()
                .anyMatch(waiting -> waiting.getEventId().equals(event.getEventId()));
        if (!known) {
            state.getWebhooks().add(event);
        }
        if (state.getWaitingSince() == null) {
            state.setWaitingSince(now);
        }
        return new Route(state, null, List.of(), null);
    }

    static Route reference(@Nullable WaitingWebhooks before, String intentId, String orderId, long now) {
        WaitingWebhooks state = copy(before);
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
        WaitingWebhooks state = copy(before);
        state.setParked(true);
        return new Route(state, null, List.of(), letter(intentId, state, DeadLetterStatus.OPEN, null, now));
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

    private static WaitingWebhooks copy(@Nullable WaitingWebhooks before) {
        return before == null
                ? new WaitingWebhooks(null, new ArrayList<>(), null, false)
                : WaitingWebhooks.newBuilder(before).build();
    }
}
