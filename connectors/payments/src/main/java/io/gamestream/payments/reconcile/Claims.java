package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the journal says to have happened to the PSP's objects, as movements of the balance. Pure. */
final class Claims {

    private static final Set<String> ACCEPTED = Set.of("PENDING", "REQUIRES_ACTION", "SUCCEEDED");

    private Claims() {}

    /** What an order's state says of each of its objects. */
    static List<Claim> of(PaymentView view) {
        List<Claim> claims = new ArrayList<>();
        if (view.getIntentId() != null) {
            claims.add(claim(
                    view,
                    view.getIntentId(),
                    view.getCapturedMinor(),
                    0,
                    view.getPayment().name()));
        }
        for (PaymentRefund refund : view.getRefunds()) {
            if (refund.getPspRefundId() != null) {
                boolean accepted = ACCEPTED.contains(refund.getStatus());
                claims.add(claim(
                        view,
                        refund.getPspRefundId(),
                        accepted ? -refund.getAmountMinor() : 0,
                        accepted ? 0 : refund.getAmountMinor(),
                        refund.getStatus()));
            }
        }
        view.getDisputes()
                .forEach(dispute -> claims.add(claim(
                        view,
                        dispute.getDisputeId(),
                        moved(dispute),
                        dispute.getReinstatedMinor(),
                        dispute.getStatus().name())));
        return claims;
    }

    /** Of a lost dispute it is known without being told. */
    private static long moved(PaymentDispute dispute) {
        long withdrawn = dispute.getStatus() == PspStatus.LOST
                ? Math.max(dispute.getWithdrawnMinor(), dispute.getAmountMinor())
                : dispute.getWithdrawnMinor();
        return dispute.getReinstatedMinor() - withdrawn;
    }

    private static Claim claim(PaymentView view, String object, long amountMinor, long backMinor, String status) {
        Instant placedAt = view.getPlacedAt() == null ? Instant.EPOCH : view.getPlacedAt();
        return new Claim(object, view.getOrderId(), amountMinor, backMinor, status, placedAt, view.getUpdatedAt());
    }
}
