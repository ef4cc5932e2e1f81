package io.gamestream.chaos.payments.check;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** L1, L4 to L7: how it all ends. Pure. */
final class EndCheck {

    private static final Set<OrderState> ENDED = EnumSet.of(
            OrderState.COMPLETED,
            OrderState.PAYMENT_FAILED,
            OrderState.EXPIRED,
            OrderState.CANCELED,
            OrderState.REFUNDED,
            OrderState.CHARGED_BACK);

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private EndCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    /** @param disagreeing orders on which the PSP and we don't agree */
    static List<Finding> check(Evidence evidence, Set<String> disagreeing) {
        EndCheck check = new EndCheck(evidence);
        check.nothingLost();
        Set<String> unended = new TreeSet<>();
        evidence.journal.forEach((order, entries) -> check.ended(order, entries, unended));
        check.quiet();
        check.replaysAndRebuild();
        unended.addAll(disagreeing);
        check.silence(unended);
        evidence.recoveries.stream()
                .filter(recovery -> recovery.took().compareTo(recovery.bound()) > 0)
                .forEach(recovery -> check.found(
                        Invariant.L7,
                        recovery.what(),
                        "worked again after " + recovery.took().toMillis() + " ms (expected: within "
                                + recovery.bound().toMillis() + ")"));
        return check.findings;
    }

    private void nothingLost() {
        Set<String> accepted = new HashSet<>();
        evidence.exchanges.stream()
                .filter(exchange -> exchange.kind() == Exchange.Kind.PLACE && exchange.accepted())
                .forEach(exchange -> accepted.add(String.valueOf(exchange.orderId())));
        difference(accepted, evidence.placed, "was accepted, and is not in Postgres");
        difference(evidence.placed, accepted, "is in Postgres, and nobody was told that it was accepted");
        difference(accepted, evidence.journal.keySet(), "was accepted, and the saga has never heard of it");
        difference(evidence.journal.keySet(), accepted, "has a journal, and nobody placed it");
    }

    private void difference(Set<String> some, Set<String> others, String meaning) {
        some.stream()
                .filter(order -> !others.contains(order))
                .sorted()
                .forEach(order -> found(Invariant.L1, order, meaning));
    }

    private void ended(String order, List<JournalEntry> entries, Set<String> unended) {
        PaymentView view = Evidence.last(entries).getState();
        Set<String> open = openLetters(order);
        if (view.getStatus() == OrderState.PARKED) {
            String letter = String.valueOf(view.getDeadLetterId());
            if (!open.equals(Set.of(letter))) {
                found(Invariant.L1, order, "is parked with " + letter + ", and open are " + open);
            }
        } else if (!ENDED.contains(view.getStatus())) {
            unended.add(order);
            found(
                    Invariant.L1,
                    order,
                    "has not ended: " + view.getStatus() + ", payment " + view.getPayment() + ", outcome known: "
                            + view.getOutcomeKnown());
        } else if (!open.isEmpty()) {
            found(Invariant.L1, order, "has ended, and open are " + open);
        }
    }

    /** Dead letters whose own newest record is an open one. A later letter resolves none. */
    private Set<String> openLetters(String order) {
        Set<String> open = new TreeSet<>();
        for (ParkedOrder letter : evidence.letters.getOrDefault(order, List.of())) {
            if (letter.getStatus() == DeadLetterStatus.OPEN) {
                open.add(letter.getDeadLetterId());
            } else {
                open.remove(letter.getDeadLetterId());
            }
        }
        return open;
    }

    private void quiet() {
        evidence.settlement.stillBusy().forEach(what -> found(Invariant.L4, what, "did not come to rest"));
        evidence.settlement.orphans().forEach(intent -> found(Invariant.L4, intent, "has webhooks without an order"));
        if (!evidence.settlement.compared()) {
            found(Invariant.L4, "the books", "were never compared to their end");
        }
        evidence.settlement
                .breaks()
                .forEach(what -> found(Invariant.L4, what, "is an open difference between the books"));
        evidence.store.forEach((order, saga) -> {
            if (saga.getPark() == null) {
                String due = due(saga);
                if (!due.isEmpty()) {
                    found(Invariant.L4, order, due);
                }
            }
        });
    }

    private static String due(PaymentSaga saga) {
        if (!saga.getView().getOutcomeKnown()) {
            return "the outcome of an operation is unknown";
        }
        if (saga.getReadAt() != null || saga.getReadOpen()) {
            return "a read of the PSP is due or open";
        }
        return saga.getReissueAt() != null || saga.getRetryAt() != null ? "an operation is due" : "";
    }

    private void replaysAndRebuild() {
        Settlement end = evidence.settlement;
        same(end.beforeSecondReplay(), end.afterSecondReplay(), "was changed by a second replay of its dead letter");
        same(end.beforeRebuild(), end.afterRebuild(), "is another one after its store was built again from the topics");
        evidence.store.forEach((order, saga) -> {
            List<JournalEntry> entries = evidence.journal.getOrDefault(order, List.of());
            if (entries.isEmpty() || !Evidence.last(entries).getState().equals(saga.getView())) {
                found(Invariant.L5, order, "its journal doesn't fold to what the store has");
            }
        });
        evidence.journal.keySet().stream()
                .filter(order -> !evidence.store.containsKey(order))
                .forEach(order -> found(Invariant.L5, order, "has a journal, and is not in the store"));
    }

    private void same(Map<String, Long> before, Map<String, Long> after, String meaning) {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String order : all) {
            if (!Objects.equals(before.get(order), after.get(order))) {
                found(Invariant.L5, order, meaning);
            }
        }
    }

    private void silence(Set<String> wrong) {
        Stream<String> placed = evidence.exchanges.stream()
                .filter(exchange -> exchange.silent() && exchange.kind() == Exchange.Kind.PLACE && exchange.accepted())
                .map(exchange -> String.valueOf(exchange.orderId()));
        Stream.concat(placed, evidence.psp.untold().stream())
                .distinct()
                .filter(order -> wrong.contains(order) || !evidence.journal.containsKey(order))
                .forEach(order ->
                        found(Invariant.L6, order, "its webhooks were lost, and it has not ended as the PSP has it"));
    }

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
