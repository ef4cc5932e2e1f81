package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.topology.payment.Declines.DeclineClass;
import io.gamestream.topology.payment.PaymentTransitions.AttemptSignal;
import io.gamestream.topology.payment.PaymentTransitions.PaymentSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a payment from all that is known of it: its signals, until they change nothing more. Never looks at what
 * happened last. Pure.
 */
final class SettleRules {

    private SettleRules() {}

    /** Brings everything about the order to where the facts have it. */
    static void settle(PaymentDraft draft) {
        PaymentState before = draft.view().getPayment();
        AnswerRules.settle(draft);
        settleAttempt(draft);
        settlePayment(draft);
        if (draft.view().getPayment() != before) {
            entered(draft);
        }
        Purchase.refresh(draft.saga());
        settleParking(draft, before);
        // Behind it: what facts have just settled is not frozen any more, and no other input may come.
        RefundRules.late(draft);
        WantRules.begin(draft);
        Purchase.refresh(draft.saga());
        OrderRules.settle(draft);
        ReadRules.arm(draft);
        Operations.arm(draft);
    }

    /** The wait for the next attempt is over. */
    static void retry(PaymentDraft draft) {
        if (draft.signal(PaymentSignal.RETRY_DUE)) {
            draft.saga().setRetryAt(null);
            start(draft);
        }
    }

    private static void settlePayment(PaymentDraft draft) {
        @Nullable PaymentSignal signal = signal(draft);
        while (signal != null && draft.signal(signal)) {
            if (signal == PaymentSignal.REQUESTED) {
                start(draft);
                settleAttempt(draft);
            }
            signal = signal(draft);
        }
        PaymentSaga saga = draft.saga();
        if (draft.view().getPayment() != PaymentState.RETRY_SCHEDULED) {
            saga.setRetryAt(null);
        } else if (saga.getRetryAt() == null) {
            current(draft.view())
                    .flatMap(attempt -> delay(draft, attempt))
                    .ifPresent(delay -> saga.setRetryAt(draft.now() + delay.toMillis()));
        }
    }

    /** What is known of the intent is true of its newest attempt. */
    private static void settleAttempt(PaymentDraft draft) {
        current(draft.view()).ifPresent(attempt -> {
            PaymentView view = draft.view();
            if (view.getCapturedMinor() > 0 || view.getAuthorizedMinor() > 0) {
                draft.signal(attempt, AttemptSignal.SUCCEEDED);
            } else if (draft.saga().getCanceledSeen()) {
                draft.signal(attempt, AttemptSignal.ABANDONED);
            }
        });
    }

    private static void start(PaymentDraft draft) {
        List<PaymentAttempt> attempts = draft.view().getAttempts();
        attempts.add(new PaymentAttempt(attempts.size() + 1, AttemptState.STARTED, null, null));
    }

    /** The strongest thing that is known; null where nothing is. */
    private static @Nullable PaymentSignal signal(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        PaymentView view = saga.getView();
        PaymentState payment = view.getPayment();
        if (Purchase.conflict(saga).isPresent()) {
            return PaymentSignal.CONFLICT;
        }
        if (!saga.getPlaced()) {
            return null;
        }
        if (payment == PaymentState.NEW) {
            return view.getTotalMinor() == 0 ? PaymentSignal.NOTHING_TO_PAY : PaymentSignal.REQUESTED;
        }
        if (view.getCapturedMinor() > 0) {
            return captured(draft);
        }
        if (saga.getCanceledSeen()) {
            return PaymentSignal.CANCELED;
        }
        if (payment == PaymentState.CANCEL_REQUESTED) {
            return neverStarted(saga) ? PaymentSignal.NEVER_STARTED : null;
        }
        if (view.getAuthorizedMinor() > 0) {
            return payment == PaymentState.AUTHORIZED && wantsCapture(saga)
                    ? PaymentSignal.CAPTURE_ASKED
                    : PaymentSignal.AUTHORIZED;
        }
        Optional<PaymentAttempt> current = current(view);
        return current.isPresent() ? progress(draft, current.get()) : null;
    }

    private static PaymentSignal captured(PaymentDraft draft) {
        if (draft.saga().getCancelAsked() == null) {
            return PaymentSignal.CAPTURED;
        }
        return draft.view().getPayment() == PaymentState.LATE_CAPTURED
                        && draft.policy().fulfilLateCaptures()
                ? PaymentSignal.LATE_IS_WELCOME
                : PaymentSignal.CAPTURED_LATE;
    }

    private static @Nullable PaymentSignal progress(PaymentDraft draft, PaymentAttempt current) {
        return switch (current.getState()) {
            case ACTION_REQUIRED -> PaymentSignal.ACTION_REQUIRED;
            case PROCESSING -> PaymentSignal.PROCESSING;
            case DECLINED ->
                isRetriedInTime(draft, current) ? PaymentSignal.DECLINED_FOR_NOW : PaymentSignal.DECLINED_FINALLY;
            case STARTED, ABANDONED, SUCCEEDED, UNKNOWN -> null;
        };
    }

    private static boolean isRetriedInTime(PaymentDraft draft, PaymentAttempt declined) {
        PaymentSaga saga = draft.saga();
        Optional<Duration> delay = delay(draft, declined);
        if (delay.isEmpty()) {
            return false;
        }
        long at = saga.getRetryAt() == null ? draft.now() + delay.get().toMillis() : saga.getRetryAt();
        return saga.getExpiresAt() == null || at < saga.getExpiresAt();
    }

    private static Optional<Duration> delay(PaymentDraft draft, PaymentAttempt declined) {
        if (declined.getDeclineClass() == null) {
            return Optional.empty();
        }
        return RetryRules.delay(
                draft.policy(),
                DeclineClass.valueOf(declined.getDeclineClass()),
                draft.saga().getPresence(),
                declined.getNumber(),
                draft.view().getOrderId());
    }

    /** Nothing was made at the PSP: none was asked for, or what it was asked for was declined before it made anything. */
    private static boolean neverStarted(PaymentSaga saga) {
        boolean declined = current(saga.getView())
                .filter(attempt -> attempt.getState() == AttemptState.DECLINED)
                .isPresent();
        return saga.getIntents().isEmpty()
                && Operations.open(saga.getView()).isEmpty()
                && (declined || !Operations.executed(saga.getView(), OperationKind.CREATE));
    }

    private static boolean wantsCapture(PaymentSaga saga) {
        return saga.getCaptureMode() != CaptureMode.MANUAL || saga.getCaptureAsked();
    }

    private static void entered(PaymentDraft draft) {
        PaymentSaga saga = draft.saga();
        saga.setFailures(0);
        switch (draft.view().getPayment()) {
            case AUTHORIZED ->
                saga.setExpiresAt(
                        draft.now() + draft.policy().authorizationExpiry().toMillis());
            case CAPTURED, CANCELED, LATE_CAPTURED -> saga.setReadWanted(false);
            case FAILED ->
                saga.setReadWanted(current(draft.view())
                        .map(PaymentAttempt::getDeclineClass)
                        .filter(DeclineClass.RESOLVE.name()::equals)
                        .isPresent());
            case NEW,
                    INTENT_REQUESTED,
                    PROCESSING,
                    REQUIRES_ACTION,
                    RETRY_SCHEDULED,
                    CAPTURE_REQUESTED,
                    CANCEL_REQUESTED,
                    CONFLICTED,
                    UNKNOWN -> {
                // nothing to note
            }
        }
    }

    /** Parks what contradicts itself; takes up what facts have settled. */
    private static void settleParking(PaymentDraft draft, PaymentState before) {
        PaymentSaga saga = draft.saga();
        PaymentView view = draft.view();
        Optional<String> conflict = Purchase.conflict(saga);
        if (conflict.isPresent()) {
            if (!Captures.areReturned(saga)) {
                ParkRules.park(draft, ParkCause.CONFLICT, conflict.get());
            } else if (saga.getPark() != null) {
                ParkRules.resume(draft);
            }
        } else if (saga.getPark() != null) {
            boolean settled =
                    switch (saga.getPark().getCause()) {
                        case EXHAUSTED -> Operations.open(view).isEmpty() && !ReadRules.isNeeded(draft.saga());
                        case KEY_REUSED -> Operations.open(view).isEmpty();
                        case REFUSED -> view.getPayment() != before;
                        case POISON, CONFLICT, ORPHAN, UNKNOWN -> false;
                    };
            if (settled) {
                ParkRules.resume(draft);
            }
        }
    }

    /** The newest attempt. */
    static Optional<PaymentAttempt> current(PaymentView view) {
        List<PaymentAttempt> all = view.getAttempts();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
