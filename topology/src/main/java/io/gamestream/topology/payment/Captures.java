package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaCapture;
import io.gamestream.schemas.payments.PaymentView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which payment intents of an order have taken money. One is expected; whoever has access to the PSP can make more. Pure. */
final class Captures {

    private Captures() {}

    /** Money was taken; of several amounts of one intent the largest counts. */
    static void add(PaymentSaga saga, String intentId, long amountMinor) {
        List<SagaCapture> known = saga.getCaptures();
        if (known.isEmpty()) {
            known.addAll(of(saga));
        }
        find(known, intentId)
                .ifPresentOrElse(
                        capture -> capture.setAmountMinor(Math.max(capture.getAmountMinor(), amountMinor)),
                        () -> known.add(new SagaCapture(intentId, amountMinor)));
        known.sort(Comparator.comparing(SagaCapture::getIntentId));
    }

    /** By intent. A version before this one kept the amounts alone: they were the order's only intent's. */
    static List<SagaCapture> of(PaymentSaga saga) {
        PaymentView view = saga.getView();
        return saga.getCaptures().isEmpty() && view.getCapturedMinor() > 0 && view.getIntentId() != null
                ? List.of(new SagaCapture(view.getIntentId(), view.getCapturedMinor()))
                : saga.getCaptures();
    }

    /**
     * The intent whose money has paid for the order; the money of all others is nobody's revenue. That there are others is a
     * conflict for somebody to look at, and no reason to take away what was paid for, as long as they have taken nothing.
     */
    static Optional<String> sale(PaymentSaga saga) {
        List<SagaCapture> captures = of(saga);
        if (!saga.getPlaced() || captures.size() != 1) {
            return Optional.empty();
        }
        SagaCapture only = captures.get(0);
        boolean agrees = saga.getIntents().size() > 1
                ? only.getAmountMinor() == Purchase.expectedCapture(saga) && Currencies.isOwn(saga, only.getIntentId())
                : Purchase.conflict(saga).isEmpty();
        return agrees ? Optional.of(only.getIntentId()) : Optional.empty();
    }

    /** The one that the order's operations are about: one that has taken money before one that has not. */
    static @Nullable String intent(PaymentSaga saga) {
        List<String> known = saga.getIntents();
        // A charge that names no intent is none.
        return of(saga).stream()
                .map(SagaCapture::getIntentId)
                .filter(known::contains)
                .findFirst()
                .orElse(known.isEmpty() ? null : known.get(0));
    }

    private static Optional<SagaCapture> find(List<SagaCapture> captures, String intentId) {
        return captures.stream()
                .filter(capture -> capture.getIntentId().equals(intentId))
                .findFirst();
    }
}
