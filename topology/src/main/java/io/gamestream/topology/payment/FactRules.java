package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaFee;
import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.topology.payment.Declines.DeclineClass;
import io.gamestream.topology.payment.PaymentTransitions.AttemptSignal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds facts of the PSP into what is known of an order: the furthest status and the largest amounts of each object, and sets
 * of what was seen, so that neither order nor repetition matters. Pure.
 */
final class FactRules {

    /** Where a fact comes from. */
    enum Source {
        /** It may be older than what is known already. */
        WEBHOOK,
        /** The answer to an operation, which names its attempt. */
        ANSWER,
        /** A read that began when the present attempt had. */
        READ
    }

    private final PaymentDraft draft;
    private final PaymentSaga saga;
    private final PaymentView view;
    private final Source source;

    /** Of an answer: the attempt of its operation; else 0. */
    private final int attempt;

    /** Among the facts that are told together. */
    private final long failedCharges;

    private FactRules(PaymentDraft draft, Source source, int attempt, List<PspFact> facts) {
        this.draft = draft;
        this.saga = draft.saga();
        this.view = draft.view();
        this.source = source;
        this.attempt = attempt;
        this.failedCharges = facts.stream()
                .filter(fact -> fact.getObject() == PspObject.CHARGE && fact.getStatus() == PspStatus.FAILED)
                .map(PspFact::getId)
                .distinct()
                .count();
    }

    static void fold(PaymentDraft draft, List<PspFact> facts, Source source, int attempt) {
        FactRules rules = new FactRules(draft, source, attempt, facts);
        facts.forEach(rules::fold);
        Purchase.refresh(draft.saga());
    }

    private void fold(PspFact fact) {
        Currencies.note(saga, fact);
        switch (fact.getObject()) {
            case INTENT -> intent(fact);
            case CHARGE -> charge(fact);
            case REFUND -> refund(fact);
            case DISPUTE -> dispute(fact);
            case BALANCE_TRANSACTION -> fee(fact);
            case UNKNOWN ->
                throw new BadRecordException("fact about " + fact.getId()
                        + ": a kind of object that this version doesn't know; replay it with one that does");
        }
    }

    private void intent(PspFact fact) {
        Captures.made(saga, fact, attempt > 0);
        add(saga.getIntents(), fact.getId());
        add(saga.getSeenAmounts(), fact.getAmountMinor());
        add(saga.getSeenCurrencies(), fact.getCurrency());
        switch (fact.getStatus()) {
            case SUCCEEDED ->
                captured(fact, fact.getCapturedMinor() == null ? fact.getAmountMinor() : fact.getCapturedMinor());
            case REQUIRES_CAPTURE -> {
                long capturable = fact.getCapturableMinor() == null ? fact.getAmountMinor() : fact.getCapturableMinor();
                view.setAuthorizedMinor(Math.max(view.getAuthorizedMinor(), capturable));
                attempt(fact, AttemptSignal.SUCCEEDED);
            }
            case CANCELED -> {
                saga.setCanceledSeen(true);
                SettleRules.current(view).ifPresent(last -> draft.signal(last, AttemptSignal.ABANDONED));
            }
            case REQUIRES_ACTION -> attempt(fact, AttemptSignal.ACTION_REQUIRED);
            case PROCESSING -> attempt(fact, AttemptSignal.PROCESSING);
            case REQUIRES_PAYMENT_METHOD -> {
                if (fact.getDeclineCode() != null || fact.getAdviceCode() != null) {
                    declined(fact);
                }
            }
            case REQUIRES_CONFIRMATION -> {
                // Created, and nothing more.
            }
            default -> unexpected(fact);
        }
    }

    private void charge(PspFact fact) {
        intentOf(fact);
        add(saga.getSeenCurrencies(), fact.getCurrency());
        saga.setRefundedSeen(Math.max(saga.getRefundedSeen(), orZero(fact.getRefundedMinor())));
        switch (fact.getStatus()) {
            case SUCCEEDED -> {
                if (orZero(fact.getCapturedMinor()) > 0) {
                    captured(fact, orZero(fact.getCapturedMinor()));
                }
            }
            case FAILED -> declined(fact);
            case PENDING -> attempt(fact, AttemptSignal.PROCESSING);
            default -> unexpected(fact);
        }
    }

    private void captured(PspFact fact, long amount) {
        add(saga.getSeenCaptured(), amount);
        Captures.add(saga, Objects.requireNonNullElse(fact.getIntentId(), fact.getId()), amount);
        scope(fact).or(() -> SettleRules.current(view)).ifPresent(paid -> draft.signal(paid, AttemptSignal.SUCCEEDED));
    }

    private void refund(PspFact fact) {
        intentOf(fact);
        add(saga.getSeenCurrencies(), fact.getCurrency());
        Optional<PaymentRefund> ours = Operations.find(view, fact.getOperationId())
                .flatMap(operation -> refund(refund -> refund.getRefundId().equals(operation.getCommandId())));
        Optional<PaymentRefund> known = refund(refund -> fact.getId().equals(refund.getPspRefundId()));
        PaymentRefund refund = ours.or(() -> known).orElseGet(() -> foreignRefund(fact));
        known.filter(other -> !other.getRefundId().equals(refund.getRefundId())).ifPresent(other -> {
            RefundStatus.of(other).reach(refund, other.getReason());
            // Avro's lists remove by position only.
            view.getRefunds().remove(view.getRefunds().indexOf(other));
        });
        Captures.moves(saga, fact.getId(), fact.getIntentId());
        refund.setPspRefundId(fact.getId());
        RefundStatus.of(fact.getStatus()).reach(refund, fact.getReason());
    }

    /** Made at the PSP, not by us. Behind ours, by id: the list is the same in whichever order they are told. */
    private PaymentRefund foreignRefund(PspFact fact) {
        PaymentRefund refund = new PaymentRefund(
                fact.getId(), fact.getId(), RefundStatus.PENDING.name(), fact.getAmountMinor(), List.of(), null);
        List<PaymentRefund> all = view.getRefunds();
        int at = 0;
        while (at < all.size()
                && (!all.get(at).getRefundId().equals(all.get(at).getPspRefundId())
                        || all.get(at).getRefundId().compareTo(fact.getId()) < 0)) {
            at++;
        }
        all.add(at, refund);
        return refund;
    }

    private void dispute(PspFact fact) {
        intentOf(fact);
        Captures.moves(saga, fact.getId(), fact.getIntentId());
        PaymentDispute dispute = view.getDisputes().stream()
                .filter(known -> known.getDisputeId().equals(fact.getId()))
                .findFirst()
                .orElseGet(() -> {
                    PaymentDispute first = new PaymentDispute(
                            fact.getId(), fact.getStatus(), fact.getAmountMinor(), 0L, 0L, fact.getReason());
                    view.getDisputes().add(first);
                    view.getDisputes().sort(Comparator.comparing(PaymentDispute::getDisputeId));
                    return first;
                });
        // The symbols of the contract are in the order of a dispute's life.
        if (fact.getStatus().compareTo(dispute.getStatus()) > 0) {
            dispute.setStatus(fact.getStatus());
        }
        dispute.setAmountMinor(Math.max(dispute.getAmountMinor(), fact.getAmountMinor()));
        dispute.setWithdrawnMinor(Math.max(dispute.getWithdrawnMinor(), orZero(fact.getWithdrawnMinor())));
        dispute.setReinstatedMinor(Math.max(dispute.getReinstatedMinor(), orZero(fact.getReinstatedMinor())));
    }

    private void fee(PspFact fact) {
        long fee = orZero(fact.getFeeMinor());
        boolean known = saga.getFees().stream()
                .anyMatch(other -> other.getTransactionId().equals(fact.getId()));
        if (fee != 0 && !known) {
            saga.getFees().add(new SagaFee(fact.getId(), fee, fact.getCurrency()));
            saga.getFees().sort(Comparator.comparing(SagaFee::getTransactionId));
        }
    }

    private void attempt(PspFact fact, AttemptSignal signal) {
        scope(fact).ifPresentOrElse(of -> draft.signal(of, signal), this::readToDecide);
    }

    /** A failure that doesn't name its attempt fails nothing. */
    private void declined(PspFact fact) {
        Optional<PaymentAttempt> of = source == Source.READ && !isOfCurrent(fact) ? Optional.empty() : scope(fact);
        if (of.isEmpty()) {
            if (source != Source.READ) {
                readToDecide();
            }
            return;
        }
        decline(draft, of.get(), fact.getDeclineCode(), fact.getAdviceCode());
    }

    /** The attempt was declined; of several reasons the most final counts. */
    static void decline(PaymentDraft draft, PaymentAttempt attempt, @Nullable String code, @Nullable String advice) {
        DeclineClass meaning = Declines.classify(code, advice);
        String told = Declines.told(code);
        draft.signal(attempt, AttemptSignal.DECLINED);
        @Nullable
        DeclineClass before =
                attempt.getDeclineClass() == null ? null : DeclineClass.valueOf(attempt.getDeclineClass());
        int order = before == null ? 1 : meaning.compareTo(before);
        if (order > 0 || (order == 0 && told.compareTo(String.valueOf(attempt.getDeclineCode())) > 0)) {
            attempt.setDeclineClass(meaning.name());
            attempt.setDeclineCode(told);
        }
    }

    /** The attempt that a fact is about; empty where it can't be known. */
    private Optional<PaymentAttempt> scope(PspFact fact) {
        if (attempt > 0) {
            return attempt(attempt);
        }
        Optional<PaymentAttempt> named = Operations.find(view, fact.getOperationId())
                .filter(operation ->
                        operation.getKind() == OperationKind.CREATE || operation.getKind() == OperationKind.CONFIRM)
                .flatMap(operation -> attempt(operation.getAttempt()));
        boolean isCurrent = source == Source.READ || view.getAttempts().size() == 1;
        return named.or(() -> isCurrent ? SettleRules.current(view) : Optional.empty());
    }

    /**
     * Whether a read shows the decline of this attempt, not of one before: each makes one charge at most, and a read tells of all.
     * The intent has its newest decline alone, which is this attempt's once its confirmation was carried out; a failed charge may
     * be an earlier attempt's even then.
     */
    private boolean isOfCurrent(PspFact fact) {
        int size = view.getAttempts().size();
        return size == 1
                || failedCharges >= size
                || (fact.getObject() == PspObject.INTENT && Operations.isConfirmed(view, size));
    }

    private Optional<PaymentAttempt> attempt(int number) {
        return view.getAttempts().stream()
                .filter(known -> known.getNumber() == number)
                .findFirst();
    }

    private void readToDecide() {
        boolean open = SettleRules.current(view)
                .map(PaymentAttempt::getState)
                .filter(state -> state.compareTo(AttemptState.ABANDONED) < 0)
                .isPresent();
        if (open || view.getAttempts().isEmpty()) {
            saga.setReadWanted(true);
        }
    }

    private void intentOf(PspFact fact) {
        if (fact.getIntentId() != null) {
            add(saga.getIntents(), fact.getIntentId());
        }
    }

    private Optional<PaymentRefund> refund(Function<PaymentRefund, Boolean> which) {
        return view.getRefunds().stream().filter(which::apply).findFirst();
    }

    private static void unexpected(PspFact fact) {
        throw new BadRecordException("fact about " + fact.getObject() + " " + fact.getId() + ": status "
                + fact.getStatus() + " (expected: one that such an object has)");
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static <T extends Comparable<T>> void add(List<T> set, T value) {
        int at = Collections.binarySearch(set, value);
        if (at < 0) {
            set.add(-at - 1, value);
        }
    }
}
