package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.BalanceRow;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.IntentStatus;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentEventType;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.topology.payment.JournalRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evidence of one order that went well; a test then makes it go wrong. */
final class Good {

    static final String ORDER = "ord_1";
    static final String OPERATION = ORDER + ":create:1";
    static final long TOTAL = 1_999;
    static final Instant AT = Instant.ofEpochMilli(1_000_000);

    private Good() {}

    static Evidence evidence() {
        Evidence evidence = new Evidence();
        evidence.psp.add(charged("ch_1", OPERATION, 500_000));
        evidence.exchanges.add(placed("k1", "{}", ORDER));
        evidence.placed.add(ORDER);
        PaymentView view = view();
        evidence.journal.put(ORDER, new ArrayList<>(List.of(entry(1, "", view, CauseKind.WEBHOOK, "evt_1"))));
        evidence.store.put(ORDER, saga(view));
        evidence.entitlements.put(ORDER, new ArrayList<>(List.of(granted(GrantState.ACTIVE, 1))));
        evidence.commands.add(command());
        evidence.results.add(result());
        evidence.webhooks.add(webhook("evt_1", TOTAL));
        evidence.postings.add(posting("pi_1:CAPTURE:1", PostingKind.CAPTURE, "psp_clearing", "revenue", TOTAL));
        evidence.postings.add(posting("txn_1:FEE:1", PostingKind.FEE, "psp_fees", "psp_clearing", 88));
        account(evidence, "psp_clearing", TOTAL - 88);
        account(evidence, "revenue", -TOTAL);
        account(evidence, "psp_fees", 88);
        evidence.notifications.add(receipt());
        evidence.events.add(completed());
        evidence.seen = new Seen(Map.of("t-0@1", 7L), Map.of("t-0@1", 7L));
        return evidence;
    }

    static Entry.Change charged(String charge, String key, long at) {
        Intent intent = new Intent(
                "pi_1",
                1,
                TOTAL,
                "eur",
                false,
                IntentStatus.SUCCEEDED,
                0,
                TOTAL,
                charge,
                "pm_card_visa",
                null,
                null,
                0,
                null,
                Map.of("order_id", ORDER));
        return change(
                key,
                at,
                List.of(new PspEvent("evt_1", 1, "payment_intent.succeeded", "pi_1", null, null)),
                intent,
                charge(charge),
                new BalanceRow("txn_" + charge, 1, TOTAL, 88, "eur", "charge", "charge", charge));
    }

    static Charge charge(String id) {
        return new Charge(
                id,
                1,
                "pi_1",
                TOTAL,
                "eur",
                Charge.Status.SUCCEEDED,
                true,
                TOTAL,
                0,
                false,
                true,
                null,
                "pm_card_visa",
                "txn_" + id,
                Map.of("order_id", ORDER));
    }

    static Refund refund(Refund.Status status) {
        return refund(TOTAL, status);
    }

    static Refund refund(long amount, Refund.Status status) {
        return new Refund("re_1", 1, "ch_1", "pi_1", amount, "eur", status, null, null, "txn_r", Map.of());
    }

    static Dispute dispute(Dispute.Status status) {
        return new Dispute("dp_1", 1, "ch_1", "pi_1", TOTAL, "eur", status, "fraudulent", List.of());
    }

    static Entry.Change change(String key, long at, List<PspEvent> events, PspObject... objects) {
        return new Entry.Change(
                1,
                at,
                new Entry.Cause("create", key, "fp-" + key, "req", null),
                List.of(objects),
                events,
                List.of(),
                null,
                null);
    }

    static Exchange placed(String key, String body, String order) {
        return new Exchange(
                Exchange.Kind.PLACE, key, body, 202, order, "{\"orderId\":\"" + order + "\"}", TOTAL, false);
    }

    static PaymentView view() {
        PaymentView view = new PaymentView();
        view.setOrderId(ORDER);
        view.setUserId("u1");
        view.setStatus(OrderState.COMPLETED);
        view.setPayment(PaymentState.CAPTURED);
        view.setPaymentStatus("CAPTURED");
        view.setOutcomeKnown(true);
        view.setLines(new ArrayList<>(List.of(new PaymentLine("g1", 1, TOTAL, true, 0L, "ACTIVE"))));
        view.setTotalMinor(TOTAL);
        view.setCurrency("EUR");
        view.setCapturedMinor(TOTAL);
        view.setIntentId("pi_1");
        view.setAttempts(new ArrayList<>());
        view.setOperations(new ArrayList<>(List.of(operation(OPERATION, OperationState.EXECUTED))));
        view.setRefunds(new ArrayList<>());
        view.setDisputes(new ArrayList<>());
        view.setPlacedAt(AT);
        view.setUpdatedAt(AT);
        view.setSeq(1);
        return view;
    }

    static PaymentOperation operation(String id, OperationState state) {
        return new PaymentOperation(id, OperationKind.CREATE, 1, state, TOTAL, null, 1, AT, AT, null);
    }

    static JournalEntry entry(long seq, String previous, PaymentView state, CauseKind kind, String cause) {
        JournalEntry entry = new JournalEntry(
                ORDER,
                seq,
                AT,
                "psp",
                kind,
                cause,
                new ArrayList<>(),
                null,
                PaymentView.newBuilder(state).build(),
                previous,
                "");
        entry.setHash(JournalRules.hash(entry));
        return entry;
    }

    /** The state of the only entry is another one. */
    static void state(Evidence evidence, PaymentView view) {
        evidence.journal.put(ORDER, new ArrayList<>(List.of(entry(1, "", view, CauseKind.WEBHOOK, "evt_1"))));
        evidence.store.put(ORDER, saga(view));
    }

    static PaymentSaga saga(PaymentView view) {
        PaymentSaga saga = new PaymentSaga();
        saga.setView(PaymentView.newBuilder(view).build());
        saga.setPlaced(true);
        saga.setPresence(CustomerPresence.INTERACTIVE);
        saga.setCaptureMode(CaptureMode.AUTOMATIC);
        return saga;
    }

    static OrderEntitlements granted(GrantState state, long seq) {
        return new OrderEntitlements(
                ORDER,
                "u1",
                "EUR",
                AT,
                new ArrayList<>(List.of(new Grant(ORDER + ":g1", "g1", 1, state, TOTAL))),
                seq,
                1L);
    }

    static PspCommand command() {
        PspCommand command = new PspCommand();
        command.setOperationId(OPERATION);
        command.setOrderId(ORDER);
        command.setKind(OperationKind.CREATE);
        command.setIssue(1);
        return command;
    }

    static PspResult result() {
        PspResult result = new PspResult();
        result.setOperationId(OPERATION);
        result.setOrderId(ORDER);
        result.setKind(OperationKind.CREATE);
        result.setIssue(1);
        result.setOutcome(PspOutcome.DONE);
        return result;
    }

    static WebhookEvent webhook(String id, long amount) {
        PspFact fact = PspFact.newBuilder()
                .setObject(io.gamestream.schemas.payments.PspObject.INTENT)
                .setId("pi_1")
                .setStatus(PspStatus.SUCCEEDED)
                .setAmountMinor(amount)
                .setCurrency("EUR")
                .build();
        return new WebhookEvent(id, "payment_intent.succeeded", ORDER, "pi_1", List.of(fact), AT, AT);
    }

    static LedgerPosting posting(String id, PostingKind kind, String debit, String credit, long amount) {
        return new LedgerPosting(
                id,
                ORDER,
                kind,
                "pi_1",
                "EUR",
                new ArrayList<>(List.of(new Leg(debit, amount), new Leg(credit, -amount))),
                1L,
                AT);
    }

    static void account(Evidence evidence, String name, long balance) {
        evidence.accounts.put(
                name,
                new AccountView(
                        name,
                        List.of(new AccountBalance("EUR", Math.max(0, balance), Math.max(0, -balance), balance)),
                        1L,
                        AT));
    }

    static Notification receipt() {
        return new Notification(ORDER + ":receipt:1", ORDER, "u1", "receipt", 1, List.of("g1"), TOTAL, "EUR", null, AT);
    }

    static PaymentEvent completed() {
        return new PaymentEvent(
                ORDER + ":OrderCompleted",
                PaymentEventType.OrderCompleted,
                ORDER,
                "u1",
                List.of("g1"),
                TOTAL,
                "EUR",
                null,
                1L,
                AT);
    }
}
