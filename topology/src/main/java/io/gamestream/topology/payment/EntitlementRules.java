package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.PaymentView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an order gives its user, from its lines as the money has them. Pure. */
final class EntitlementRules {

    private EntitlementRules() {}

    /** The entitlements where they have changed; null where they have not, and as long as nothing was ever granted. */
    static @Nullable OrderEntitlements changed(@Nullable PaymentView before, PaymentSaga after, long seq, long now) {
        PaymentView view = after.getView();
        List<Grant> grants = grants(view);
        boolean granted = grants.stream().anyMatch(grant -> grant.getState() != GrantState.NONE);
        if (after.getAcquiredAt() == null && granted) {
            after.setAcquiredAt(now);
        }
        if (after.getAcquiredAt() == null
                || view.getUserId() == null
                || (before != null && grants.equals(grants(before)))) {
            return null;
        }
        return new OrderEntitlements(
                view.getOrderId(),
                view.getUserId(),
                view.getCurrency(),
                Instant.ofEpochMilli(after.getAcquiredAt()),
                grants,
                seq,
                view.getPlacedLsn());
    }

    static List<Grant> grants(PaymentView view) {
        return view.getLines().stream()
                .map(line -> new Grant(
                        view.getOrderId() + ":" + line.getGameId(),
                        line.getGameId(),
                        line.getQuantity(),
                        GrantState.valueOf(line.getAccess()),
                        line.getCaptured() ? Purchase.lineMinor(line) - line.getRefundedMinor() : 0L))
                .toList();
    }
}
