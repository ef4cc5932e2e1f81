package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others and the player are told of a change, each thing once. The saga remembers what was told. */
final class Telling {

    static final String CREATED = PaymentEventType.OrderCreated.name();

    private static final String REFUND_ISSUED = "refund-issued";

    private final PaymentSaga saga;
    private final PaymentView view;
    private final Instant at;
    private final List<PaymentEvent> events = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();

    private Telling(PaymentSaga saga, Instant at) {
        this.saga = saga;
        this.view = saga.getView();
        this.at = at;
    }

    /** Tells of one decision; nothing as long as nobody knows whose order it is. */
    static Telling of(@Nullable PaymentView before, PaymentSaga after, List<Transition> transitions, Instant at) {
        Telling telling = new Telling(after, at);
        if (after.getPlaced()) {
            transitions.forEach(telling::tell);
            telling.refunds();
            telling.access(before);
        }
        return telling;
    }

    List<PaymentEvent> events() {
        return events;
    }

    List<Notification> notifications() {
        return notifications;
    }

    private void tell(Transition transition) {
        if (transition.getLevel().equals(PaymentTransitions.ORDER.level())) {
            order(OrderState.valueOf(transition.getTo()));
        } else if (transition.getLevel().equals(PaymentTransitions.PAYMENT.level())
                && transition.getTo().equals(PaymentState.REQUIRES_ACTION.name())) {
            event(PaymentEventType.PaymentActionRequired);
            once("action-required");
        }
    }

    private void order(OrderState reached) {
        switch (reached) {
            case CREATED -> event(PaymentEventType.OrderCreated);
            case PAID -> event(PaymentEventType.PaymentSucceeded);
            case FULFILLED -> event(PaymentEventType.PurchaseCompleted);
            case COMPLETED -> {
                event(PaymentEventType.OrderCompleted);
                once("receipt");
            }
            case PAYMENT_FAILED -> {
                event(PaymentEventType.PaymentFailed);
                once("payment-failed");
            }
            case EXPIRED -> {
                event(PaymentEventType.OrderExpired);
                once("order-expired");
            }
            case CANCELED -> {
                event(PaymentEventType.OrderCanceled);
                once("order-canceled");
            }
            case REFUNDED -> event(PaymentEventType.OrderRefunded);
            case CHARGED_BACK -> {
                event(PaymentEventType.OrderChargedBack);
                once("order-charged-back");
            }
            case PARKED -> event(PaymentEventType.OrderParked);
            case UNPLACED, AWAITING_PAYMENT, UNKNOWN -> {
                // Nothing that anyone waits for.
            }
        }
    }

    private void refunds() {
        view.getRefunds().stream()
                .filter(refund -> RefundStatus.of(refund) == RefundStatus.SUCCEEDED)
                .forEach(refund -> {
                    if (remember(REFUND_ISSUED + ":of:" + refund.getRefundId())) {
                        notify(REFUND_ISSUED, next(REFUND_ISSUED), refund.getAmountMinor(), refund.getGameIds());
                    }
                });
    }

    private void access(@Nullable PaymentView before) {
        boolean suspended = has(view, GrantState.SUSPENDED);
        boolean was = before != null && has(before, GrantState.SUSPENDED);
        if (suspended && !was) {
            notify("access-suspended", next("access-suspended"), view.getDisputedMinor(), games());
        } else if (was && !suspended && has(view, GrantState.ACTIVE)) {
            notify("access-restored", next("access-restored"), view.getTotalMinor(), games());
        }
    }

    private void event(PaymentEventType type) {
        if (remember(type.name())) {
            events.add(new PaymentEvent(
                    view.getOrderId() + ":" + type.name(),
                    type,
                    view.getOrderId(),
                    String.valueOf(view.getUserId()),
                    games(),
                    view.getTotalMinor(),
                    view.getCurrency(),
                    view.getProblem(),
                    view.getSeq(),
                    at));
        }
    }

    private void once(String template) {
        if (!saga.getTold().contains(told(template, 1))) {
            notify(template, 1, view.getTotalMinor(), games());
        }
    }

    private void notify(String template, int version, long amountMinor, List<String> games) {
        saga.getTold().add(told(template, version));
        notifications.add(new Notification(
                view.getOrderId() + ":" + template + ":" + version,
                view.getOrderId(),
                String.valueOf(view.getUserId()),
                template,
                version,
                games,
                amountMinor,
                view.getCurrency(),
                view.getProblem(),
                at));
    }

    private int next(String template) {
        int version = 1;
        while (saga.getTold().contains(told(template, version))) {
            version++;
        }
        return version;
    }

    private boolean remember(String what) {
        return !saga.getTold().contains(what) && saga.getTold().add(what);
    }

    private List<String> games() {
        return view.getLines().stream().map(PaymentLine::getGameId).toList();
    }

    private static boolean has(PaymentView view, GrantState access) {
        return view.getLines().stream().anyMatch(line -> line.getAccess().equals(access.name()));
    }

    private static String told(String template, int version) {
        return template + ":" + version;
    }
}
