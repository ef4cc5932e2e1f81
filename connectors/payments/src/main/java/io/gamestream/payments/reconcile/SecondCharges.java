package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import java.util.Map;
import java.util.Set;

/**
 * Orders that were charged more than once.
 *
 * @param differences one for each charge but the first, by the charge's id
 * @param objects what all of their charges are about: of which of them the journal tells is chance
 * @param unposted those of the charges that the ledger has nothing of, and so no fee either
 */
record SecondCharges(Map<String, Difference> differences, Set<String> objects, Set<String> unposted) {

    boolean include(BalanceMove move) {
        return move.kind() == BalanceMove.Kind.CAPTURE && differences.containsKey(move.source());
    }

    boolean isUnposted(BalanceMove move) {
        return include(move) && unposted.contains(move.source());
    }
}
