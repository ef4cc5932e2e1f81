package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** S1, S3, S7: what was really charged, against what was asked for. Pure. */
final class MoneyCheck {

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private MoneyCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        MoneyCheck check = new MoneyCheck(evidence);
        check.chargedOnce();
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

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
