package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the journal says to have happened to the PSP's objects, as movements of the balance. Pure. */
final class Claims {

    private static final Set<String> ACCEPTED = Set.of("PENDING", "REQUIRES_ACTION", "SUCCEEDED");

    private Claims() {}

    /**
     * What an order's state says of one object.
     *
     * @param amountMinor what it has moved, negative where money left
     * @param placedAt since when there is anything to move; far in the past where the order isn't known
     */
    record Claim(String orderId, long amountMinor, String status, Instant placedAt, Instant at) {}

    static Map<String, Claim> of(List<PaymentView> journal) {
        Map<String, Claim> claims = new HashMap<>();
        for (PaymentView view : journal) {
            if (view.getIntentId() != null) {
                claims.put(
                        view.getIntentId(),
                        claim(view, view.getCapturedMinor(), view.getPayment().name()));
            }
            view.getRefunds().forEach(refund -> refund(view, refund, claims));
            view.getDisputes()
                    .forEach(dispute -> claims.put(
                            dispute.getDisputeId(),
                            claim(view, moved(dispute), dispute.getStatus().name())));
        }
        return claims;
    }

    private static void refund(PaymentView view, PaymentRefund refund, Map<String, Claim> claims) {
        if (refund.getPspRefundId() != null) {
            long amount = ACCEPTED.contains(refund.getStatus()) ? -refund.getAmountMinor() : 0;
            claims.put(refund.getPspRefundId(), claim(view, amount, refund.getStatus()));
        }
    }

    /** Of a lost dispute it is known without being told. */
    private static long moved(PaymentDispute dispute) {
        long withdrawn = dispute.getStatus() == PspStatus.LOST
                ? Math.max(dispute.getWithdrawnMinor(), dispute.getAmountMinor())
                : dispute.getWithdrawnMinor();
        return dispute.getReinstatedMinor() - withdrawn;
    }

    private static Claim claim(PaymentView view, long amountMinor, String status) {
        Instant placedAt = view.getPlacedAt() == null ? Instant.EPOCH : view.getPlacedAt();
        return new Claim(view.getOrderId(), amountMinor, status, placedAt, view.getUpdatedAt());
    }
}
