package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The saga of one order's money: a pure function from the state and an input to the next state and all that is to be written.
 * The input is folded in, then the state is settled (docs/adr/0010).
 */
public final class PaymentMachine {

    /** Ids of webhook events that an order remembers; the PSP repeats an event for days, and sends few per payment. */
    private static final int REMEMBERED_EVENTS = 128;

    private final PaymentPolicy policy;

    public PaymentMachine(PaymentPolicy policy) {
        this.policy = policy;
    }

    /**
     * Decides one input.
     *
     * @param before null where nothing is known of the order; never changed
     * @param now in ms since 1970
     * @throws BadRecordException where the input breaks its contract
     */
    public Decision decide(@Nullable PaymentSaga before, String orderId, PaymentInput input, long now) {
        if (isMoot(before, input, now)) {
            return Decision.NOTHING;
        }
        PaymentSaga saga = before == null
                ? unplaced(orderId, now)
                : PaymentSaga.newBuilder(before).build();
        long at = Math.max(now, saga.getView().getUpdatedAt().toEpochMilli());
        PaymentDraft draft = new PaymentDraft(saga, policy, at);
        fold(draft, input);
        SettleRules.settle(draft);
        return saga.equals(before) && draft.commands().isEmpty() && draft.note().isEmpty()
                ? Decision.NOTHING
                : conclude(before, draft, JournalRules.cause(input));
    }

    /** The timers of a state, in ms since 1970. */
    Map<TimerKind, Long> timers(@Nullable PaymentSaga saga) {
        return PaymentTimers.of(saga, policy);
    }

    private boolean isMoot(@Nullable PaymentSaga before, PaymentInput input, long now) {
        if (input instanceof PaymentInput.Due due) {
            @Nullable Long at = PaymentTimers.of(before, policy).get(due.timer());
            return at == null || at > now;
        }
        if (input instanceof PaymentInput.Told told) {
            return before != null && before.getEvents().contains(told.event().getEventId());
        }
        return before == null && (input instanceof PaymentInput.Administered || input instanceof PaymentInput.Differs);
    }

    private static void fold(PaymentDraft draft, PaymentInput input) {
        if (input instanceof PaymentInput.Asked asked) {
            CommandRules.asked(draft, asked.command(), asked.lsn());
        } else if (input instanceof PaymentInput.Answered answered) {
            AnswerRules.answered(draft, answered.result());
        } else if (input instanceof PaymentInput.Told told) {
            told(draft, told.event());
        } else if (input instanceof PaymentInput.Administered administered) {
            CommandRules.administered(draft, administered.command());
        } else if (input instanceof PaymentInput.Differs differs) {
            CommandRules.differs(draft, differs.found());
        } else if (input instanceof PaymentInput.Due due) {
            due(draft, due.timer());
        }
    }

    private static void told(PaymentDraft draft, WebhookEvent event) {
        List<String> known = draft.saga().getEvents();
        known.add(event.getEventId());
        if (known.size() > REMEMBERED_EVENTS) {
            known.remove(0);
        }
        FactRules.fold(draft, event.getFacts(), FactRules.Source.WEBHOOK, 0);
    }

    private static void due(PaymentDraft draft, TimerKind timer) {
        switch (timer) {
            case OVERDUE ->
                Operations.open(draft.view())
                        .ifPresent(operation -> ReadRules.lost(draft, operation, "no result in time"));
            case REISSUE -> Operations.open(draft.view()).ifPresent(operation -> ReadRules.reissue(draft, operation));
            case RETRY -> SettleRules.retry(draft);
            case READ -> ReadRules.due(draft);
            case EXPIRY -> CommandRules.expired(draft);
            case ORPHAN ->
                ParkRules.park(
                        draft,
                        ParkCause.ORPHAN,
                        "the PSP tells of order " + draft.view().getOrderId() + ", which was never placed");
        }
    }

    private static Decision conclude(@Nullable PaymentSaga before, PaymentDraft draft, JournalRules.Cause cause) {
        PaymentSaga saga = draft.saga();
        PaymentView view = saga.getView();
        @Nullable PaymentView was = before == null ? null : before.getView();
        view.setOutcomeKnown(ReadRules.isOutcomeKnown(view));
        view.setProblem(OrderRules.problem(view));
        List<PspReference> references = references(before, saga);
        if (view.equals(was) && draft.note().isEmpty() && references.isEmpty() && !LedgerRules.owes(saga)) {
            return new Decision(
                    saga, null, draft.commands(), List.of(), null, List.of(), List.of(), List.of(), references);
        }
        Instant at = draft.instant();
        view.setSeq(view.getSeq() + 1);
        view.setUpdatedAt(at);
        Telling telling = Telling.of(was, saga, draft.transitions(), at);
        List<LedgerPosting> postings = LedgerRules.post(saga, view.getSeq(), at);
        @Nullable OrderEntitlements entitlements = EntitlementRules.changed(was, saga, view.getSeq(), draft.now());
        JournalEntry entry = new JournalEntry(
                view.getOrderId(),
                view.getSeq(),
                at,
                cause.actor(),
                cause.kind(),
                cause.id(),
                draft.transitions(),
                draft.note().orElse(null),
                PaymentView.newBuilder(view).build(),
                saga.getLastHash(),
                "");
        entry.setHash(JournalRules.hash(entry));
        saga.setLastHash(entry.getHash());
        return new Decision(
                saga,
                entry,
                draft.commands(),
                postings,
                entitlements,
                telling.events(),
                telling.notifications(),
                ParkRules.deadLetters(before, saga, cause.actor(), at),
                references);
    }

    /** Whatever the PSP says of an intent, its refunds and disputes is the order's then, also where it should have no other. */
    private static List<PspReference> references(@Nullable PaymentSaga before, PaymentSaga saga) {
        List<String> known = before == null ? List.of() : before.getIntents();
        return saga.getIntents().stream()
                .filter(intent -> !known.contains(intent))
                .map(intent -> new PspReference(intent, saga.getView().getOrderId()))
                .toList();
    }

    private PaymentSaga unplaced(String orderId, long now) {
        PaymentView view = new PaymentView();
        view.setOrderId(orderId);
        view.setStatus(OrderState.UNPLACED);
        view.setPayment(PaymentState.NEW);
        view.setPaymentStatus(PaymentState.NEW.name());
        view.setOutcomeKnown(true);
        view.setCurrency("");
        view.setLines(new ArrayList<>());
        view.setAttempts(new ArrayList<>());
        view.setOperations(new ArrayList<>());
        view.setRefunds(new ArrayList<>());
        view.setDisputes(new ArrayList<>());
        view.setUpdatedAt(Instant.EPOCH);
        PaymentSaga saga = new PaymentSaga();
        saga.setView(view);
        saga.setPresence(CustomerPresence.INTERACTIVE);
        saga.setCaptureMode(CaptureMode.AUTOMATIC);
        saga.setCaptureGames(new ArrayList<>());
        saga.setIntents(new ArrayList<>());
        saga.setSeenAmounts(new ArrayList<>());
        saga.setSeenCaptured(new ArrayList<>());
        saga.setCaptures(new ArrayList<>());
        saga.setMoves(new ArrayList<>());
        saga.setForeign(new ArrayList<>());
        saga.setSeenCurrencies(new ArrayList<>());
        saga.setFees(new ArrayList<>());
        saga.setPosted(new ArrayList<>());
        saga.setTold(new ArrayList<>());
        saga.setEvents(new ArrayList<>());
        saga.setOrphanAt(now + policy.orphanWait().toMillis());
        saga.setLastHash("");
        return saga;
    }
}
