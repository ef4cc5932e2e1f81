package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.IntentStatus;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** L2 and L3: the PSP's view against ours, and what follows from it for the player. Pure. */
final class AgreementCheck {

    private static final String CLEARING = "psp_clearing";

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, PaymentView> views = new TreeMap<>();
    private final Map<String, List<Refund>> refunds;
    private final Map<String, List<Dispute>> disputes;
    private final Map<String, Long> clearing = new HashMap<>();
    private final Set<String> receipts = new HashSet<>();

    private AgreementCheck(Evidence evidence) {
        this.evidence = evidence;
        evidence.journal.forEach(
                (order, entries) -> views.put(order, Evidence.last(entries).getState()));
        refunds = evidence.psp.refunds().values().stream().collect(Collectors.groupingBy(Refund::intent));
        disputes = evidence.psp.disputes().values().stream().collect(Collectors.groupingBy(Dispute::intent));
        for (LedgerPosting posting : evidence.postings) {
            posting.getLegs().stream()
                    .filter(leg -> leg.getAccount().equals(CLEARING))
                    .forEach(leg -> clearing.merge(posting.getOrderId(), leg.getAmountMinor(), Long::sum));
        }
        evidence.notifications.stream()
                .filter(one -> one.getTemplate().equals("receipt"))
                .forEach(one -> receipts.add(one.getOrderId()));
    }

    static List<Finding> check(Evidence evidence) {
        AgreementCheck check = new AgreementCheck(evidence);
        check.everyIntentIsOurs();
        check.views.forEach((order, view) -> {
            Intent intent =
                    view.getIntentId() == null ? null : evidence.psp.intents().get(view.getIntentId());
            if (view.getIntentId() != null && intent == null) {
                check.found(Invariant.L2, order, "intent " + view.getIntentId() + " is unknown to the PSP");
            } else if (intent != null) {
                check.agree(order, view, intent);
            }
            check.consequences(order, view);
        });
        check.books();
        return check.findings;
    }

    private void everyIntentIsOurs() {
        for (Intent intent : evidence.psp.intents().values()) {
            String order = String.valueOf(PspTruth.order(intent));
            PaymentView view = views.get(order);
            if (view == null || !intent.id().equals(view.getIntentId())) {
                found(
                        Invariant.L2,
                        order,
                        "the PSP has intent " + intent.id() + " (" + intent.status() + ") of it, and we don't");
            }
        }
    }

    private void agree(String order, PaymentView view, Intent intent) {
        if (view.getCapturedMinor() != intent.received()) {
            found(Invariant.L2, order, "captured " + view.getCapturedMinor() + ", by the PSP " + intent.received());
        }
        boolean canceled = intent.status() == IntentStatus.CANCELED;
        if (canceled != (view.getPayment() == PaymentState.CANCELED) && view.getStatus() != OrderState.PARKED) {
            found(Invariant.L2, order, "payment " + view.getPayment() + ", by the PSP " + intent.status());
        }
        boolean waiting = intent.status() == IntentStatus.PROCESSING
                || intent.status() == IntentStatus.REQUIRES_ACTION
                || intent.status() == IntentStatus.REQUIRES_CAPTURE;
        if (waiting && view.getStatus() != OrderState.PARKED) {
            found(Invariant.L2, order, "payment " + view.getPayment() + ", and the PSP's is still " + intent.status());
        }
        Set<String> ours = new HashSet<>();
        view.getRefunds().stream()
                .filter(refund -> refund.getPspRefundId() != null)
                .forEach(refund ->
                        ours.add(refund.getPspRefundId() + " " + refund.getStatus() + " " + refund.getAmountMinor()));
        same(
                order,
                "refunds",
                ours,
                refunds.getOrDefault(intent.id(), List.of()).stream()
                        .map(refund -> refund.id() + " "
                                + refund.status().wire().toUpperCase(Locale.ROOT) + " " + refund.amount())
                        .collect(Collectors.toSet()));
        Set<String> known = view.getDisputes().stream()
                .map(dispute -> dispute.getDisputeId() + " " + dispute.getStatus() + " " + dispute.getAmountMinor())
                .collect(Collectors.toSet());
        same(
                order,
                "disputes",
                known,
                disputes.getOrDefault(intent.id(), List.of()).stream()
                        .map(dispute -> dispute.id() + " "
                                + dispute.status().wire().toUpperCase(Locale.ROOT) + " " + dispute.amount())
                        .collect(Collectors.toSet()));
    }

    private void same(String order, String what, Set<String> ours, Set<String> theirs) {
        if (!ours.equals(theirs)) {
            found(Invariant.L2, order, what + " " + ours + ", by the PSP " + theirs);
        }
    }

    private void consequences(String order, PaymentView view) {
        List<OrderEntitlements> history = evidence.entitlements.getOrDefault(order, List.of());
        Map<String, GrantState> granted = new HashMap<>();
        if (!history.isEmpty()) {
            history.get(history.size() - 1)
                    .getGrants()
                    .forEach(grant -> granted.put(grant.getGameId(), grant.getState()));
        }
        if (view.getStatus() == OrderState.COMPLETED) {
            paidIsThere(order, view, granted);
            if (!receipts.contains(order)) {
                found(Invariant.L3, order, "is completed, without a receipt");
            }
        } else if (view.getStatus() == OrderState.PARKED) {
            // Of one in conflict it is for somebody to say what the money is for (docs/adr/0010).
            if (view.getPayment() == PaymentState.CAPTURED && kept(view) > 0) {
                paidIsThere(order, view, granted);
            }
        } else if (view.getStatus() == OrderState.REFUNDED || view.getStatus() == OrderState.CHARGED_BACK) {
            granted.forEach((game, state) -> {
                if (state == GrantState.ACTIVE || state == GrantState.SUSPENDED) {
                    found(Invariant.L3, order, "the money is gone, and game " + game + " is " + state);
                }
            });
        }
    }

    /** Money that is there, and not about to go back. */
    private static long kept(PaymentView view) {
        return view.getCapturedMinor() - view.getRefundedMinor() - view.getRefundPendingMinor() - view.getLostMinor();
    }

    private void paidIsThere(String order, PaymentView view, Map<String, GrantState> granted) {
        boolean barred = view.getDisputedMinor() > 0 || view.getLostMinor() > 0;
        for (PaymentLine line : view.getLines()) {
            boolean due = line.getCaptured() && line.getRefundedMinor() == 0 && !barred;
            if (due && granted.get(line.getGameId()) != GrantState.ACTIVE) {
                found(
                        Invariant.L3,
                        order,
                        "game " + line.getGameId() + " is paid, and "
                                + granted.getOrDefault(line.getGameId(), GrantState.NONE));
            }
        }
    }

    /** What the ledger says to lie at the PSP, order by order, against the PSP's own rows. */
    private void books() {
        Map<String, Long> theirs = new HashMap<>();
        evidence.psp.rows().values().forEach(row -> {
            String order = order(row.source());
            theirs.merge(order, row.amount() - row.fee(), Long::sum);
        });
        Set<String> all = new HashSet<>(theirs.keySet());
        all.addAll(clearing.keySet());
        for (String order : all) {
            long ours = clearing.getOrDefault(order, 0L);
            long actual = theirs.getOrDefault(order, 0L);
            if (ours != actual) {
                found(Invariant.L3, order, "the ledger has " + ours + " at the PSP, and the PSP's books " + actual);
            }
        }
    }

    private String order(String source) {
        Refund refund = evidence.psp.refunds().get(source);
        Dispute dispute = evidence.psp.disputes().get(source);
        String id = refund != null ? refund.charge() : dispute != null ? dispute.charge() : source;
        Charge charge = evidence.psp.charges().get(id);
        return charge == null ? "unknown" : String.valueOf(PspTruth.order(charge));
    }

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
