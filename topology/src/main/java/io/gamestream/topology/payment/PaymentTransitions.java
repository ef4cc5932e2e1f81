package io.gamestream.topology.payment;

import static io.gamestream.schemas.payments.PaymentState.AUTHORIZED;
import static io.gamestream.schemas.payments.PaymentState.CANCELED;
import static io.gamestream.schemas.payments.PaymentState.CANCEL_REQUESTED;
import static io.gamestream.schemas.payments.PaymentState.CAPTURED;
import static io.gamestream.schemas.payments.PaymentState.CAPTURE_REQUESTED;
import static io.gamestream.schemas.payments.PaymentState.CONFLICTED;
import static io.gamestream.schemas.payments.PaymentState.FAILED;
import static io.gamestream.schemas.payments.PaymentState.INTENT_REQUESTED;
import static io.gamestream.schemas.payments.PaymentState.LATE_CAPTURED;
import static io.gamestream.schemas.payments.PaymentState.NEW;
import static io.gamestream.schemas.payments.PaymentState.PROCESSING;
import static io.gamestream.schemas.payments.PaymentState.REQUIRES_ACTION;
import static io.gamestream.schemas.payments.PaymentState.RETRY_SCHEDULED;

import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentState;
import java.util.EnumSet;
import java.util.List;

/**
 * The one transition table: order, payment, attempt, operation. Signals are what follows from everything known so far, so
 * the table must lead to the same state whichever of them came first; {@code docs/payments.md} draws it.
 */
final class PaymentTransitions {

    /** What can become of an order. */
    enum OrderSignal {
        PLACED,
        PAYMENT_STARTED,
        MONEY_CAPTURED,
        GAMES_GRANTED,
        RECEIPT_ISSUED,
        PAYMENT_FAILED,
        EXPIRED,
        CANCELED,
        MONEY_REFUNDED,
        MONEY_LOST,
        MONEY_RETURNED,
        PARKED,
        RESUMED
    }

    /** What can become of a payment. */
    enum PaymentSignal {
        REQUESTED,
        NOTHING_TO_PAY,
        PROCESSING,
        ACTION_REQUIRED,
        DECLINED_FOR_NOW,
        DECLINED_FINALLY,
        RETRY_DUE,
        AUTHORIZED,
        CAPTURE_ASKED,
        CAPTURED,
        CAPTURED_LATE,
        LATE_IS_WELCOME,
        CANCEL_ASKED,
        NEVER_STARTED,
        CANCELED,
        CONFLICT
    }

    /** What can become of an attempt. */
    enum AttemptSignal {
        ACTION_REQUIRED,
        PROCESSING,
        ABANDONED,
        DECLINED,
        SUCCEEDED
    }

    /** What can become of an operation. */
    enum OperationSignal {
        NOT_EXECUTED,
        REISSUED,
        LOST,
        FAILED,
        EXECUTED
    }

    static final TransitionTable<OrderState, OrderSignal> ORDER = order();
    static final TransitionTable<PaymentState, PaymentSignal> PAYMENT = payment();
    static final TransitionTable<AttemptState, AttemptSignal> ATTEMPT = attempt();
    static final TransitionTable<OperationState, OperationSignal> OPERATION = operation();

    private PaymentTransitions() {}

    static List<TransitionTable<?, ?>> levels() {
        return List.of(ORDER, PAYMENT, ATTEMPT, OPERATION);
    }

    /** All arrows of all levels. */
    static List<TransitionTable.Row> moves() {
        return levels().stream().flatMap(table -> table.moves().stream()).toList();
    }

    private static TransitionTable<OrderState, OrderSignal> order() {
        OrderState unplaced = OrderState.UNPLACED;
        OrderState created = OrderState.CREATED;
        OrderState awaiting = OrderState.AWAITING_PAYMENT;
        OrderState paid = OrderState.PAID;
        OrderState fulfilled = OrderState.FULFILLED;
        OrderState completed = OrderState.COMPLETED;
        OrderState failed = OrderState.PAYMENT_FAILED;
        OrderState refunded = OrderState.REFUNDED;
        OrderState lost = OrderState.CHARGED_BACK;
        OrderState parked = OrderState.PARKED;
        return TransitionTable.of("ORDER", OrderState.class, OrderSignal.class, EnumSet.range(unplaced, parked))
                .moves(OrderSignal.PLACED, created, unplaced, parked)
                .moves(OrderSignal.PAYMENT_STARTED, awaiting, created)
                // Success beats whatever we had made of a silence.
                .movesUnless(OrderSignal.MONEY_CAPTURED, paid, unplaced, fulfilled, completed, refunded, lost)
                .moves(OrderSignal.GAMES_GRANTED, fulfilled, paid)
                .moves(OrderSignal.RECEIPT_ISSUED, completed, fulfilled)
                .moves(OrderSignal.PAYMENT_FAILED, failed, created, awaiting, parked)
                .moves(OrderSignal.EXPIRED, OrderState.EXPIRED, created, awaiting, failed, parked)
                .moves(OrderSignal.CANCELED, OrderState.CANCELED, created, awaiting, failed, parked)
                .movesUnless(OrderSignal.MONEY_REFUNDED, refunded, unplaced, lost)
                .movesUnless(OrderSignal.MONEY_LOST, lost, unplaced)
                // A refund that fails after it had succeeded.
                .moves(OrderSignal.MONEY_RETURNED, completed, refunded)
                .movesUnless(OrderSignal.PARKED, parked)
                .moves(OrderSignal.RESUMED, awaiting, failed, parked)
                .elsewhereStays(OrderSignal.values())
                .build();
    }

    private static TransitionTable<PaymentState, PaymentSignal> payment() {
        return TransitionTable.of("PAYMENT", PaymentState.class, PaymentSignal.class, EnumSet.range(NEW, CONFLICTED))
                .moves(PaymentSignal.REQUESTED, INTENT_REQUESTED, NEW)
                .moves(PaymentSignal.NOTHING_TO_PAY, CAPTURED, NEW)
                .moves(PaymentSignal.PROCESSING, PROCESSING, INTENT_REQUESTED, REQUIRES_ACTION)
                .moves(PaymentSignal.ACTION_REQUIRED, REQUIRES_ACTION, INTENT_REQUESTED, PROCESSING)
                .moves(PaymentSignal.DECLINED_FOR_NOW, RETRY_SCHEDULED, INTENT_REQUESTED, PROCESSING, REQUIRES_ACTION)
                .moves(
                        PaymentSignal.DECLINED_FINALLY,
                        FAILED,
                        INTENT_REQUESTED,
                        PROCESSING,
                        REQUIRES_ACTION,
                        RETRY_SCHEDULED)
                .moves(PaymentSignal.RETRY_DUE, PROCESSING, RETRY_SCHEDULED)
                .moves(
                        PaymentSignal.AUTHORIZED,
                        AUTHORIZED,
                        NEW,
                        INTENT_REQUESTED,
                        PROCESSING,
                        REQUIRES_ACTION,
                        RETRY_SCHEDULED,
                        FAILED)
                .moves(PaymentSignal.CAPTURE_ASKED, CAPTURE_REQUESTED, AUTHORIZED)
                .movesUnless(PaymentSignal.CAPTURED, CAPTURED, CANCEL_REQUESTED, LATE_CAPTURED, CONFLICTED)
                // The player was told, or will be, that it is off.
                .moves(PaymentSignal.CAPTURED_LATE, LATE_CAPTURED, CANCEL_REQUESTED, CANCELED)
                .moves(PaymentSignal.LATE_IS_WELCOME, CAPTURED, LATE_CAPTURED)
                .moves(
                        PaymentSignal.CANCEL_ASKED,
                        CANCEL_REQUESTED,
                        INTENT_REQUESTED,
                        PROCESSING,
                        REQUIRES_ACTION,
                        RETRY_SCHEDULED,
                        AUTHORIZED)
                .moves(PaymentSignal.NEVER_STARTED, CANCELED, CANCEL_REQUESTED)
                .movesUnless(PaymentSignal.CANCELED, CANCELED, CAPTURED, LATE_CAPTURED, CONFLICTED)
                .movesUnless(PaymentSignal.CONFLICT, CONFLICTED)
                .elsewhereStays(PaymentSignal.values())
                .build();
    }

    /** The order of the states is their rank: nothing leads back. */
    private static TransitionTable<AttemptState, AttemptSignal> attempt() {
        AttemptState started = AttemptState.STARTED;
        AttemptState action = AttemptState.ACTION_REQUIRED;
        AttemptState processing = AttemptState.PROCESSING;
        AttemptState declined = AttemptState.DECLINED;
        AttemptState succeeded = AttemptState.SUCCEEDED;
        return TransitionTable.of("ATTEMPT", AttemptState.class, AttemptSignal.class, EnumSet.range(started, succeeded))
                .moves(AttemptSignal.ACTION_REQUIRED, action, started)
                .moves(AttemptSignal.PROCESSING, processing, started, action)
                .moves(AttemptSignal.ABANDONED, AttemptState.ABANDONED, started, action, processing)
                .movesUnless(AttemptSignal.DECLINED, declined, succeeded)
                .movesUnless(AttemptSignal.SUCCEEDED, succeeded)
                .elsewhereStays(AttemptSignal.values())
                .build();
    }

    private static TransitionTable<OperationState, OperationSignal> operation() {
        OperationState requested = OperationState.REQUESTED;
        OperationState waiting = OperationState.WAITING;
        OperationState executed = OperationState.EXECUTED;
        return TransitionTable.of(
                        "OPERATION", OperationState.class, OperationSignal.class, EnumSet.range(requested, executed))
                // What may have been executed once stays so: OUTCOME_UNKNOWN is left by knowing only.
                .moves(OperationSignal.NOT_EXECUTED, waiting, requested)
                .moves(OperationSignal.REISSUED, requested, waiting)
                .moves(OperationSignal.LOST, OperationState.OUTCOME_UNKNOWN, requested, waiting)
                .movesUnless(OperationSignal.FAILED, OperationState.FAILED, executed)
                .movesUnless(OperationSignal.EXECUTED, executed)
                .elsewhereStays(OperationSignal.values())
                .build();
    }
}
