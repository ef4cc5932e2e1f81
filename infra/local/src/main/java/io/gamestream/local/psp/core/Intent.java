package io.gamestream.local.psp.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent. Amounts are minor units, times are seconds of the epoch.
 *
 * @param capturable authorized and not yet captured
 * @param received captured
 * @param charge the latest
 * @param failure of the last attempt
 */
public record Intent(
        String id,
        long created,
        long amount,
        String currency,
        boolean manualCapture,
        IntentStatus status,
        long capturable,
        long received,
        @Nullable String charge,
        @Nullable String paymentMethod,
        @Nullable Failure failure,
        @Nullable String cancellationReason,
        long canceledAt,
        @Nullable String description,
        Map<String, String> metadata)
        implements PspObject {

    public Intent {
        metadata = Map.copyOf(metadata);
    }

    Intent described(long newAmount, @Nullable String newDescription, Map<String, String> newMetadata) {
        return new Intent(
                id,
                created,
                newAmount,
                currency,
                manualCapture,
                status,
                capturable,
                received,
                charge,
                paymentMethod,
                failure,
                cancellationReason,
                canceledAt,
                newDescription,
                newMetadata);
    }

    Intent paidWith(@Nullable String method, IntentStatus now) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                now,
                capturable,
                received,
                charge,
                method,
                null,
                cancellationReason,
                canceledAt,
                description,
                metadata);
    }

    /** Waits for the customer, or for the money. */
    Intent waiting(IntentStatus now, @Nullable String onCharge) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                now,
                0,
                0,
                onCharge,
                paymentMethod,
                null,
                cancellationReason,
                canceledAt,
                description,
                metadata);
    }

    Intent declined(Failure why) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                IntentStatus.REQUIRES_PAYMENT_METHOD,
                0,
                0,
                why.charge() == null ? charge : why.charge(),
                null,
                why,
                cancellationReason,
                canceledAt,
                description,
                metadata);
    }

    Intent authorized(String onCharge) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                IntentStatus.REQUIRES_CAPTURE,
                amount,
                0,
                onCharge,
                paymentMethod,
                null,
                cancellationReason,
                canceledAt,
                description,
                metadata);
    }

    Intent succeeded(String onCharge, long captured) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                IntentStatus.SUCCEEDED,
                0,
                captured,
                onCharge,
                paymentMethod,
                null,
                cancellationReason,
                canceledAt,
                description,
                metadata);
    }

    Intent canceled(String reason, long at) {
        return new Intent(
                id,
                created,
                amount,
                currency,
                manualCapture,
                IntentStatus.CANCELED,
                0,
                received,
                charge,
                paymentMethod,
                failure,
                reason,
                at,
                description,
                metadata);
    }
}
