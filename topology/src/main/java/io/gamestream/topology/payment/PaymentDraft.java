package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.Transition;
import io.gamestream.topology.payment.PaymentTransitions.AttemptSignal;
import io.gamestream.topology.payment.PaymentTransitions.OperationSignal;
import io.gamestream.topology.payment.PaymentTransitions.OrderSignal;
import io.gamestream.topology.payment.PaymentTransitions.PaymentSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one order while one input is decided: a copy, which the rules write to. States change here only, by the table. */
final class PaymentDraft {

    private final PaymentSaga saga;
    private final PaymentPolicy policy;
    private final long now;
    private final boolean readNeeded;
    private final boolean readOfOne;
    private final List<Transition> transitions = new ArrayList<>();
    private final List<PspCommand> commands = new ArrayList<>();
    private @Nullable String note;

    /** Takes the saga over; it must be a copy. */
    PaymentDraft(PaymentSaga saga, PaymentPolicy policy, long now) {
        this.saga = saga;
        this.policy = policy;
        this.now = now;
        this.readNeeded = ReadRules.isNeeded(saga);
        this.readOfOne = saga.getIntents().size() > 1 && Operations.isUnknown(saga.getView());
    }

    PaymentSaga saga() {
        return saga;
    }

    PaymentView view() {
        return saga.getView();
    }

    PaymentPolicy policy() {
        return policy;
    }

    /** In ms since 1970. */
    long now() {
        return now;
    }

    /** Whether something could be decided by reading the PSP only, before this input. */
    boolean wasReadNeeded() {
        return readNeeded;
    }

    /** Whether a read, before this input, was of one payment intent of several. */
    boolean wasReadOfOne() {
        return readOfOne;
    }

    Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    List<Transition> transitions() {
        return transitions;
    }

    List<PspCommand> commands() {
        return commands;
    }

    Optional<String> note() {
        return Optional.ofNullable(note);
    }

    /** Says why something that was asked for was not done. */
    void note(String text) {
        note = text;
    }

    void send(PspCommand command) {
        commands.add(command);
    }

    /** Whether the order's state is another one now; likewise below. */
    boolean signal(OrderSignal signal) {
        OrderState from = view().getStatus();
        OrderState to = PaymentTransitions.ORDER.next(from, signal);
        view().setStatus(to);
        return moved(PaymentTransitions.ORDER.level(), view().getOrderId(), signal, from, to);
    }

    boolean signal(PaymentSignal signal) {
        PaymentState from = view().getPayment();
        PaymentState to = PaymentTransitions.PAYMENT.next(from, signal);
        view().setPayment(to);
        return moved(PaymentTransitions.PAYMENT.level(), view().getOrderId(), signal, from, to);
    }

    boolean signal(PaymentAttempt attempt, AttemptSignal signal) {
        AttemptState from = attempt.getState();
        AttemptState to = PaymentTransitions.ATTEMPT.next(from, signal);
        attempt.setState(to);
        return moved(PaymentTransitions.ATTEMPT.level(), Integer.toString(attempt.getNumber()), signal, from, to);
    }

    boolean signal(PaymentOperation operation, OperationSignal signal) {
        OperationState from = operation.getState();
        OperationState to = PaymentTransitions.OPERATION.next(from, signal);
        operation.setState(to);
        return moved(PaymentTransitions.OPERATION.level(), operation.getOperationId(), signal, from, to);
    }

    private boolean moved(String level, String subject, Enum<?> signal, Enum<?> from, Enum<?> to) {
        if (from == to) {
            return false;
        }
        transitions.add(new Transition(level, subject, signal.name(), from.name(), to.name()));
        return true;
    }
}
