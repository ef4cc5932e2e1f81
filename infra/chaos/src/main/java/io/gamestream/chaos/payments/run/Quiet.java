package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.kit.Waiting;
import io.gamestream.chaos.payments.check.Exchange;
import io.gamestream.chaos.payments.load.Load;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.OrderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Waits until nothing happens any more and nothing is about to. */
final class Quiet {

    private static final Set<OrderState> ENDED = EnumSet.of(
            OrderState.COMPLETED,
            OrderState.PAYMENT_FAILED,
            OrderState.EXPIRED,
            OrderState.CANCELED,
            OrderState.REFUNDED,
            OrderState.CHARGED_BACK);

    /** Longer than any step from one record to the next. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int NAMED = 10;

    private final Stage stage;
    private final Load load;
    private final Tail tail;

    Quiet(Stage stage, Load load, Tail tail) {
        this.stage = stage;
        this.load = load;
        this.tail = tail;
    }

    /** What was still going on when the time was over; empty where all is quiet. */
    List<String> await(Duration within) throws InterruptedException {
        return Waiting.until(within, LOOK_EVERY, () -> busy().isEmpty()) ? List.of() : busy();
    }

    /** What is going on, some of it. */
    List<String> busy() {
        List<String> busy = new ArrayList<>();
        if (load.open() > 0) {
            busy.add(load.open() + " requests without an answer");
        }
        if (tail.quietFor().compareTo(SILENCE) < 0) {
            busy.add("records are still coming");
        }
        for (Exchange exchange : load.exchanges()) {
            boolean placed = exchange.kind() == Exchange.Kind.PLACE && exchange.accepted();
            if (placed && !tail.sagas().containsKey(String.valueOf(exchange.orderId()))) {
                busy.add("order " + exchange.orderId() + " is not in the saga's store");
            }
        }
        tail.sagas().forEach((order, saga) -> {
            if (!isSettled(saga)) {
                busy.add("order " + order + " is " + saga.getView().getStatus() + ", payment "
                        + saga.getView().getPayment());
            }
        });
        int pending = busy.isEmpty() ? stage.sim().pending() : 0;
        if (pending > 0) {
            busy.add("the PSP has " + pending + " things to do or to tell");
        }
        return busy.subList(0, Math.min(NAMED, busy.size()));
    }

    static boolean isSettled(PaymentSaga saga) {
        if (saga.getPark() != null) {
            return !saga.getReadOpen() && saga.getReadAt() == null;
        }
        return ENDED.contains(saga.getView().getStatus())
                && saga.getView().getOutcomeKnown()
                && !saga.getReadOpen()
                && saga.getReadAt() == null
                && saga.getReissueAt() == null
                && saga.getRetryAt() == null
                && saga.getView().getRefundPendingMinor() == 0;
    }
}
