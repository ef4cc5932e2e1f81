package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take money.
 *
 * @param captured minor units that were taken; 0 while only authorized
 * @param refunded minor units, pending refunds included
 * @param refundable false once a dispute has taken the money back
 */
public record Charge(
        String id,
        long created,
        String intent,
        long amount,
        String currency,
        Status status,
        boolean taken,
        long captured,
        long refunded,
        boolean disputed,
        boolean refundable,
        @Nullable Failure failure,
        @Nullable String paymentMethod,
        @Nullable String balanceTransaction,
        Map<String, String> metadata)
        implements PspObject {

    /** Of a charge. */
    public enum Status {
        SUCCEEDED,
        PENDING,
        FAILED;

        /** As Stripe writes it. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Charge {
        metadata = Map.copyOf(metadata);
    }

    /** Authorized, and not yet taken. */
    Charge held() {
        return with(Status.SUCCEEDED, 0, 0, disputed, refundable, null, null);
    }

    Charge captured(long amountTaken, String row) {
        return with(Status.SUCCEEDED, amountTaken, refunded, disputed, refundable, null, row);
    }

    Charge failed(Failure why) {
        return with(Status.FAILED, 0, 0, disputed, refundable, why, null);
    }

    Charge refunded(long total) {
        return with(status, captured, total, disputed, refundable, failure, balanceTransaction);
    }

    Charge disputed(boolean stillRefundable) {
        return with(status, captured, refunded, true, stillRefundable, failure, balanceTransaction);
    }

    /** Taken is what has moved the balance. */
    private Charge with(
            Status now,
            long nowCaptured,
            long nowRefunded,
            boolean nowDisputed,
            boolean nowRefundable,
            @Nullable Failure why,
            @Nullable String row) {
        return new Charge(
                id,
                created,
                intent,
                amount,
                currency,
                now,
                row != null,
                nowCaptured,
                nowRefunded,
                nowDisputed,
                nowRefundable,
                why,
                paymentMethod,
                row,
                metadata);
    }
}
