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

    Charge captured(long taken, String row) {
        return new Charge(
                id,
                created,
                intent,
                amount,
                currency,
                Status.SUCCEEDED,
                true,
                taken,
                refunded,
                disputed,
                refundable,
                null,
                paymentMethod,
                row,
                metadata);
    }

    Charge failed(Failure why) {
        return new Charge(
                id,
                created,
                intent,
                amount,
                currency,
                Status.FAILED,
                false,
                0,
                0,
                disputed,
                refundable,
                why,
                paymentMethod,
                null,
                metadata);
    }

    Charge refunded(long total) {
        return new Charge(
                id,
                created,
                intent,
                amount,
                currency,
                status,
                taken,
                captured,
                total,
                disputed,
                refundable,
                failure,
                paymentMethod,
                balanceTransaction,
                metadata);
    }

    Charge disputed(boolean stillRefundable) {
        return new Charge(
                id,
                created,
                intent,
                amount,
                currency,
                status,
                taken,
                captured,
                refunded,
                true,
                stillRefundable,
                failure,
                paymentMethod,
                balanceTransaction,
                metadata);
    }
}
