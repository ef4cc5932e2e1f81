package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.PostingKind;
import java.time.Instant;

/**
 * What the comparison needs of a posting of the ledger.
 *
 * @param isFee then {@code object} is a row of the PSP's balance
 * @param clearingMinor what it has done to the account that stands for the PSP's balance
 */
record Posting(
        String id, String orderId, boolean isFee, String object, String currency, long clearingMinor, Instant at) {

    private static final String CLEARING = "psp_clearing";

    static Posting of(LedgerPosting posting) {
        return new Posting(
                posting.getPostingId(),
                posting.getOrderId(),
                posting.getKind() == PostingKind.FEE,
                posting.getPspObjectId(),
                posting.getCurrency(),
                posting.getLegs().stream()
                        .filter(leg -> leg.getAccount().equals(CLEARING))
                        .mapToLong(leg -> leg.getAmountMinor())
                        .sum(),
                posting.getAt());
    }
}
