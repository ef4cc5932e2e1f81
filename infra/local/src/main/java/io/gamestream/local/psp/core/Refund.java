package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back.
 *
 * @param amount minor units
 * @param failureReason why it failed, which it may do after it had succeeded
 */
public record Refund(
        String id,
        long created,
        String charge,
        String intent,
        long amount,
        String currency,
        Status status,
        @Nullable String reason,
        @Nullable String failureReason,
        @Nullable String balanceTransaction,
        Map<String, String> metadata)
        implements PspObject {

    /** Of a refund. */
    public enum Status {
        PENDING,
        SUCCEEDED,
        FAILED;

        /** As Stripe writes it. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Refund {
        metadata = Map.copyOf(metadata);
    }

    Refund now(Status next, @Nullable String whyFailed) {
        return new Refund(
                id, created, charge, intent, amount, currency, next, reason, whyFailed, balanceTransaction, metadata);
    }
}
