package io.gamestream.payments.reconcile;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.DisputeState;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PaymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The three sides of a comparison. Moves, postings and states from before {@link Window#from} are there to be matched, and are
 * not judged by themselves.
 *
 * @param moves of the PSP's balance
 * @param disputes of the PSP, as they are now
 * @param ledger postings
 * @param journal of each order the newest state
 * @param openSince objects with a difference that is open, and since when
 */
record Books(
        List<BalanceMove> moves,
        List<DisputeState> disputes,
        List<LedgerPosting> ledger,
        List<PaymentView> journal,
        Map<String, Instant> openSince,
        Window window) {

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

    Books {
        moves = List.copyOf(moves);
        disputes = List.copyOf(disputes);
        openSince = Map.copyOf(openSince);
        ledger = List.copyOf(ledger);
        journal = List.copyOf(journal);
    }
}
