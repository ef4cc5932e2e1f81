package io.gamestream.chaos.payments.check;

import io.gamestream.schemas.payments.CauseKind;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.topology.payment.JournalRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** S4, S5, S6: operations, journal and ledger. Pure. */
final class JournalCheck {

    private static final Set<OperationState> OPEN =
            EnumSet.of(OperationState.REQUESTED, OperationState.WAITING, OperationState.OUTCOME_UNKNOWN);

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private JournalCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        JournalCheck check = new JournalCheck(evidence);
        evidence.journal.forEach((order, entries) -> {
            check.oneOperationAtATime(order, entries);
            JournalRules.problem(entries).ifPresent(problem -> check.found(Invariant.S5, order, problem));
        });
        check.ledger();
        check.balances();
        return check.findings;
    }

    private void oneOperationAtATime(String order, List<JournalEntry> entries) {
        int known = 0;
        for (JournalEntry entry : entries) {
            List<PaymentOperation> operations = entry.getState().getOperations();
            List<String> open = operations.stream()
                    .filter(operation -> OPEN.contains(operation.getState()))
                    .map(PaymentOperation::getOperationId)
                    .toList();
            if (open.size() > 1) {
                found(Invariant.S4, order, "entry " + entry.getSeq() + ": " + open + " are open at once");
                return;
            }
            for (PaymentOperation begun : operations.subList(Math.min(known, operations.size()), operations.size())) {
                supersededUnknown(order, entry, begun, operations);
            }
            known = operations.size();
        }
    }

    /** What we say to have failed must not have been carried out, or the next one may do it again. */
    private void supersededUnknown(
            String order, JournalEntry entry, PaymentOperation begun, List<PaymentOperation> operations) {
        for (PaymentOperation before : operations) {
            PspTruth.Request request = evidence.psp.requests().get(before.getOperationId());
            if (!before.getOperationId().equals(begun.getOperationId())
                    && before.getKind() == begun.getKind()
                    && before.getState() == OperationState.FAILED
                    && request != null
                    && request.effects() > 0
                    && request.firstEffectAt() <= entry.getAt().toEpochMilli()) {
                found(
                        Invariant.S4,
                        order,
                        begun.getOperationId() + " was issued, though the PSP had carried out "
                                + before.getOperationId() + ", which we took for failed");
            }
        }
    }

    private void ledger() {
        Set<String> ids = new HashSet<>();
        Map<String, Long> sums = new TreeMap<>();
        for (LedgerPosting posting : evidence.postings) {
            long sum = posting.getLegs().stream()
                    .mapToLong(leg -> leg.getAmountMinor())
                    .sum();
            sums.merge(posting.getCurrency(), sum, Long::sum);
            if (sum != 0) {
                found(Invariant.S6, posting.getPostingId(), "its legs come to " + sum + " " + posting.getCurrency());
            }
            if (!ids.add(posting.getPostingId())) {
                found(Invariant.S6, posting.getPostingId(), "is posted more than once");
            }
        }
        sums.forEach((currency, sum) -> {
            if (sum != 0) {
                found(Invariant.S6, currency, "all postings together come to " + sum);
            }
        });
    }

    private void balances() {
        Map<String, Long> expected = new TreeMap<>();
        evidence.postings.forEach(posting -> posting.getLegs()
                .forEach(leg -> expected.merge(
                        leg.getAccount() + " " + posting.getCurrency(), leg.getAmountMinor(), Long::sum)));
        Map<String, Long> actual = new HashMap<>();
        for (AccountView account : evidence.accounts.values()) {
            for (AccountBalance balance : account.getBalances()) {
                actual.put(account.getAccount() + " " + balance.getCurrency(), balance.getBalanceMinor());
            }
        }
        Set<String> accounts = new HashSet<>(expected.keySet());
        accounts.addAll(actual.keySet());
        for (String account : accounts) {
            long want = expected.getOrDefault(account, 0L);
            long have = actual.getOrDefault(account, 0L);
            if (want != have) {
                found(Invariant.S6, account, "balance " + have + " (expected: " + want + ", the sum of its postings)");
            }
        }
    }

    /** Which webhook events the journal names as causes, and how often. */
    static Map<String, Integer> applied(Evidence evidence) {
        Map<String, Integer> applied = new HashMap<>();
        evidence.journal.values().forEach(entries -> entries.stream()
                .filter(entry -> entry.getCauseKind() == CauseKind.WEBHOOK)
                .forEach(entry -> applied.merge(entry.getCauseId(), 1, Integer::sum)));
        return applied;
    }

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
