package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * S2: what was given, against the money for it. Each time that games were granted is looked at, not only the end. Pure.
 *
 * <p>An entitlement carries the number of the journal entry that it was decided with. That entry must have the money, and the PSP
 * must have taken it by then: what the saga has heard of has happened before, and all processes of a run have one clock.
 */
final class GrantCheck {

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private GrantCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        GrantCheck check = new GrantCheck(evidence);
        Set<String> barred = check.barred();
        evidence.entitlements.forEach((order, history) -> {
            check.always(order, history);
            check.inTheEnd(order, history.get(history.size() - 1), barred);
        });
        return check.findings;
    }

    private void always(String order, List<OrderEntitlements> history) {
        Map<Long, JournalEntry> entries = new HashMap<>();
        evidence.journal.getOrDefault(order, List.of()).forEach(entry -> entries.put(entry.getSeq(), entry));
        for (OrderEntitlements granted : history) {
            active(granted).stream()
                    .flatMap(grant -> problem(order, grant, entries.get(granted.getSeq())).stream())
                    .distinct()
                    .forEach(problem -> found(order, "granted at entry " + granted.getSeq() + problem));
        }
    }

    private Optional<String> problem(String order, Grant grant, @Nullable JournalEntry with) {
        if (with == null) {
            return Optional.of(", which its journal doesn't have");
        }
        PaymentView then = with.getState();
        if (then.getTotalMinor() == 0) {
            return Optional.empty();
        }
        if (then.getDisputedMinor() > 0 || then.getLostMinor() > 0) {
            return Optional.of(" while a dispute is open or lost");
        }
        if (then.getCapturedMinor() - then.getRefundedMinor() <= 0 || !isPaid(then, grant.getGameId())) {
            return Optional.of(" with game " + grant.getGameId() + " unpaid or given back: captured "
                    + then.getCapturedMinor() + ", refunded " + then.getRefundedMinor());
        }
        @Nullable Long capturedAt = evidence.psp.capturedAt().get(order);
        if (capturedAt == null) {
            return Optional.of(", and never charged");
        }
        long early = capturedAt - with.getAt().toEpochMilli();
        return early > 0 ? Optional.of(", " + early + " ms before the PSP took the money") : Optional.empty();
    }

    private static boolean isPaid(PaymentView then, String gameId) {
        return then.getLines().stream()
                .anyMatch(line -> line.getGameId().equals(gameId) && line.getCaptured() && !isGivenBack(line));
    }

    private static boolean isGivenBack(PaymentLine line) {
        return line.getRefundedMinor() > 0 && line.getRefundedMinor() >= line.getUnitPriceMinor() * line.getQuantity();
    }

    private void inTheEnd(String order, OrderEntitlements granted, Set<String> barred) {
        if (active(granted).isEmpty() || total(order) == 0) {
            return;
        }
        if (barred.contains(order)) {
            found(order, "its games are active with an open or lost dispute at the PSP");
        } else if (net(order) <= 0) {
            found(order, "its games are active, and the PSP has " + net(order) + " of its money");
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

    private static List<Grant> active(OrderEntitlements granted) {
        return granted.getGrants().stream()
                .filter(grant -> grant.getState() == GrantState.ACTIVE)
                .toList();
    }

    private void found(String order, String detail) {
        findings.add(new Finding(Invariant.S2, order, detail));
    }
}
