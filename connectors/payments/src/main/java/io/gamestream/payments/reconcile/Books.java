package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The three sides of a comparison, or a slice of them: all that they have of some objects of the PSP. What is from before
 * {@link Window#from} is there to be matched, and is not judged by itself.
 *
 * @param moves of the PSP's balance
 * @param fees moves with a fee; of a slice others than {@code moves}
 * @param disputes of the PSP, as they are now
 * @param ledger postings
 * @param claims of the journal's newest states, by object
 * @param orders in the journal
 */
record Books(
        List<BalanceMove> moves,
        List<BalanceMove> fees,
        List<DisputeState> disputes,
        List<Posting> ledger,
        Map<String, Claim> claims,
        int orders) {

    /**
     * What is judged.
     *
     * @param until not included
     * @param settle differences younger than this may still settle by themselves
     */
    record Window(Instant from, Instant until, Duration settle) {

        Window {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("window: " + from + " to " + until + " (expected: from before to)");
            }
        }

        boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }

        boolean maySettle(Instant newest) {
            return newest.isAfter(until.minus(settle));
        }
    }
}
