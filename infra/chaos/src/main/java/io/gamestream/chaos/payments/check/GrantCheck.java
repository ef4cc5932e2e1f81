package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * S2: what was given, against the money for it. Each entry of the journal is looked at, not only the end. Pure.
 *
 * <p>An entitlement carries the number of the journal entry that it was decided with, and both are written in one transaction:
 * what is in force at an entry is what was written last by then, and it must be what the entry has of each game. Where that is
 * the game, the entry must have the money for it, and the PSP must have taken it by then: what the saga has heard of has happened
 * before, and all processes of a run have one clock.
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
        Set<String> orders = new TreeSet<>(evidence.entitlements.keySet());
        orders.addAll(evidence.journal.keySet());
        orders.forEach(order -> {
            List<OrderEntitlements> history = evidence.entitlements.getOrDefault(order, List.of());
            check.always(order, history);
            if (!history.isEmpty()) {
                check.inTheEnd(order, history.get(history.size() - 1), barred);
            }
        });
        return check.findings;
    }

    private void always(String order, List<OrderEntitlements> history) {
        Map<Long, OrderEntitlements> written = new TreeMap<>();
        long newest = 0;
        for (OrderEntitlements record : history) {
            if (record.getSeq() <= newest) {
                found(order, "granted at entry " + record.getSeq() + " after entry " + newest);
            }
            newest = Math.max(newest, record.getSeq());
            written.put(record.getSeq(), record);
        }
        @Nullable OrderEntitlements inForce = null;
        for (JournalEntry entry : evidence.journal.getOrDefault(order, List.of())) {
            @Nullable OrderEntitlements now = written.remove(entry.getSeq());
            inForce = now == null ? inForce : now;
            List<String> problems = problems(order, inForce, entry);
            if (!problems.isEmpty()) {
                String since = now == null ? "still in force at entry " : "granted at entry ";
                problems.forEach(problem -> found(order, since + entry.getSeq() + problem));
                // The entries after it only repeat it.
                return;
            }
        }
        written.keySet().forEach(seq -> found(order, "granted at entry " + seq + ", which its journal doesn't have"));
    }

    private List<String> problems(String order, @Nullable OrderEntitlements inForce, JournalEntry entry) {
        Set<String> problems = new TreeSet<>();
        if (inForce != null) {
            active(inForce).forEach(grant -> problem(order, grant, entry).ifPresent(problems::add));
        }
        Map<String, String> expected = new TreeMap<>();
        entry.getState().getLines().forEach(line -> expected.put(line.getGameId(), line.getAccess()));
        Map<String, String> actual = new TreeMap<>();
        if (inForce == null) {
            // As long as nothing was ever granted, nothing is written.
            expected.keySet().forEach(game -> actual.put(game, GrantState.NONE.name()));
        } else {
            inForce.getGrants()
                    .forEach(grant ->
                            actual.put(grant.getGameId(), grant.getState().name()));
        }
        if (!actual.equals(expected)) {
            problems.add(": " + actual + " (expected: " + expected + ", as its journal has it)");
        }
        return List.copyOf(problems);
    }

    private Optional<String> problem(String order, Grant grant, JournalEntry with) {
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
        Set<String> back = givenBack(order);
        active(granted).stream()
                .map(Grant::getGameId)
                .filter(back::contains)
                .forEach(game -> found(order, "game " + game + " is active, and the PSP has given its money back"));
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

    /** Games whose refunds were asked for by name, as far as the PSP has them. */
    private Set<String> givenBack(String order) {
        Set<String> games = new HashSet<>();
        List<JournalEntry> entries = evidence.journal.getOrDefault(order, List.of());
        if (!entries.isEmpty()) {
            for (PaymentRefund refund : Evidence.last(entries).getState().getRefunds()) {
                Refund theirs = evidence.psp.refunds().get(String.valueOf(refund.getPspRefundId()));
                if (theirs != null && theirs.status() != Refund.Status.FAILED) {
                    games.addAll(refund.getGameIds());
                }
            }
        }
        return games;
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
