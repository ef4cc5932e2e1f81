package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.LedgerLeg;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Balances of accounts: sums of legs, in whichever order they come. Pure. */
final class AccountRules {

    private AccountRules() {}

    /**
     * The legs of a posting by account.
     *
     * @throws BadRecordException where they don't balance
     */
    static List<Map.Entry<String, LedgerLeg>> legs(LedgerPosting posting) {
        long sum = posting.getLegs().stream()
                .mapToLong(leg -> leg.getAmountMinor())
                .sum();
        if (sum != 0) {
            throw new BadRecordException("posting " + posting.getPostingId() + ": its legs come to " + sum + " "
                    + posting.getCurrency() + " (expected: 0)");
        }
        return posting.getLegs().stream()
                .map(leg -> Map.entry(
                        leg.getAccount(),
                        new LedgerLeg(
                                posting.getCurrency(),
                                leg.getAmountMinor(),
                                posting.getAt().toEpochMilli())))
                .toList();
    }

    static AccountView fold(String account, @Nullable AccountView before, LedgerLeg leg) {
        List<AccountBalance> balances = new ArrayList<>();
        long debit = Math.max(0, leg.getAmountMinor());
        long credit = Math.max(0, -leg.getAmountMinor());
        if (before != null) {
            for (AccountBalance balance : before.getBalances()) {
                if (balance.getCurrency().equals(leg.getCurrency())) {
                    debit = Math.addExact(debit, balance.getDebitMinor());
                    credit = Math.addExact(credit, balance.getCreditMinor());
                } else {
                    balances.add(balance);
                }
            }
        }
        balances.add(new AccountBalance(leg.getCurrency(), debit, credit, debit - credit));
        balances.sort(Comparator.comparing(AccountBalance::getCurrency));
        Instant at = Instant.ofEpochMilli(leg.getAt());
        Instant newest = before == null || at.isAfter(before.getUpdatedAt()) ? at : before.getUpdatedAt();
        return new AccountView(account, balances, 1 + (before == null ? 0 : before.getPostings()), newest);
    }
}
