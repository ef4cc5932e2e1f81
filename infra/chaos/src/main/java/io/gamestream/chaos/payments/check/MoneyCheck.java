package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** S1, S2, S3, S7: what was really charged, against what was asked for and what was given for it. Pure. */
final class MoneyCheck {

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private MoneyCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        MoneyCheck check = new MoneyCheck(evidence);
        check.chargedOnce();
        check.grantedForMoney();
        check.oneRequestPerId();
        check.amounts();
        return check.findings;
    }

    private void chargedOnce() {
        Map<String, List<Charge>> taken = new TreeMap<>();
        evidence.psp.charges().values().stream().filter(Charge::taken).forEach(charge -> taken.computeIfAbsent(
                        String.valueOf(PspTruth.order(charge)), id -> new ArrayList<>())
                .add(charge));
        Map<String, Long> totals = new HashMap<>();
        evidence.exchanges.stream()
                .filter(exchange -> exchange.kind() == Exchange.Kind.PLACE && exchange.accepted())
                .forEach(exchange -> totals.put(String.valueOf(exchange.orderId()), exchange.totalMinor()));
        taken.forEach((order, charges) -> {
            long captured = charges.stream().mapToLong(Charge::captured).sum();
            Long total = totals.get(order);
            if (charges.size() > 1) {
                found(
                        Invariant.S1,
                        order,
                        charges.size() + " charges: "
                                + charges.stream().map(Charge::id).toList());
            } else if (total == null || captured > total) {
                found(Invariant.S1, order, captured + " was charged (expected: at most " + total + ")");
            }
        });
    }

    private void grantedForMoney() {
        Set<String> barred = barred();
        evidence.entitlements.forEach((order, history) -> {
            Map<Long, PaymentView> states = new HashMap<>();
            evidence.journal
                    .getOrDefault(order, List.of())
                    .forEach(entry -> states.put(entry.getSeq(), entry.getState()));
            for (OrderEntitlements granted : history) {
                if (isActive(granted)) {
                    whileGranted(order, granted, states.get(granted.getSeq()));
                }
            }
            if (isActive(history.get(history.size() - 1)) && total(order) > 0) {
                if (barred.contains(order)) {
                    found(Invariant.S2, order, "its games are active with an open or lost dispute at the PSP");
                } else if (net(order) <= 0) {
                    found(Invariant.S2, order, "its games are active, and the PSP has " + net(order) + " of its money");
                }
            }
        });
    }

    private void whileGranted(String order, OrderEntitlements granted, @Nullable PaymentView then) {
        Long capturedAt = evidence.psp.capturedAt().get(order);
        if (total(order) > 0 && capturedAt == null) {
            found(Invariant.S2, order, "granted at entry " + granted.getSeq() + ", and never charged");
        } else if (then != null && (then.getDisputedMinor() > 0 || then.getLostMinor() > 0)) {
            found(Invariant.S2, order, "granted at entry " + granted.getSeq() + " while a dispute is open or lost");
        }
    }

    /** Orders with a dispute that is open or lost. */
    private Set<String> barred() {
        Set<String> orders = new HashSet<>();
        for (Dispute dispute : evidence.psp.disputes().values()) {
            Charge charge = evidence.psp.charges().get(dispute.charge());
            if (charge != null && (dispute.status().isOpen() || dispute.status() == Dispute.Status.LOST)) {
                orders.add(String.valueOf(PspTruth.order(charge)));
            }
        }
        return orders;
    }

    private long net(String order) {
        long net = 0;
        for (Charge charge : evidence.psp.charges().values()) {
            if (charge.taken() && order.equals(PspTruth.order(charge))) {
                net += charge.captured()
                        - evidence.psp.refunds().values().stream()
                                .filter(refund ->
                                        refund.charge().equals(charge.id()) && refund.status() != Refund.Status.FAILED)
                                .mapToLong(Refund::amount)
                                .sum();
            }
        }
        return net;
    }

    private long total(String order) {
        List<JournalEntry> entries = evidence.journal.getOrDefault(order, List.of());
        return entries.isEmpty() ? 0 : Evidence.last(entries).getState().getTotalMinor();
    }

    private void oneRequestPerId() {
        evidence.psp.requests().forEach((key, request) -> {
            if (request.bodies() > 1) {
                found(Invariant.S3, key, request.bodies() + " different requests");
            }
            if (request.effects() > 1) {
                found(Invariant.S3, key, "carried out " + request.effects() + " times");
            }
        });
    }

    private void amounts() {
        evidence.journal.forEach((order, entries) -> {
            String currency = "";
            for (JournalEntry entry : entries) {
                PaymentView view = entry.getState();
                boolean given = view.getRefundedMinor() + view.getRefundPendingMinor() > view.getCapturedMinor();
                boolean taken = view.getAuthorizedMinor() > 0 && view.getCapturedMinor() > view.getAuthorizedMinor();
                boolean negative = view.getCapturedMinor() < 0
                        || view.getRefundedMinor() < 0
                        || view.getRefundPendingMinor() < 0
                        || view.getAuthorizedMinor() < 0
                        || view.getTotalMinor() < 0;
                boolean changed = !currency.isEmpty() && !currency.equals(view.getCurrency());
                if (given || taken || negative || changed) {
                    found(
                            Invariant.S7,
                            order,
                            "entry " + entry.getSeq() + ": authorized " + view.getAuthorizedMinor() + ", captured "
                                    + view.getCapturedMinor() + ", refunded " + view.getRefundedMinor() + ", pending "
                                    + view.getRefundPendingMinor() + " " + view.getCurrency()
                                    + (changed ? " (was " + currency + ")" : ""));
                    return;
                }
                currency = view.getCurrency();
            }
        });
    }

    private static boolean isActive(OrderEntitlements granted) {
        return granted.getGrants().stream().map(Grant::getState).anyMatch(GrantState.ACTIVE::equals);
    }

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
