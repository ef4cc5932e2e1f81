package io.gamestream.local.psp.core;

import java.util.Map;
import java.util.function.Consumer;
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
        return edit(edit -> {
            edit.amount = newAmount;
            edit.description = newDescription;
            edit.metadata = newMetadata;
        });
    }

    Intent paidWith(@Nullable String method, IntentStatus now) {
        return edit(edit -> {
            edit.status = now;
            edit.paymentMethod = method;
            edit.failure = null;
        });
    }

    /** Waits for the customer, or for the money. */
    Intent waiting(IntentStatus now, @Nullable String onCharge) {
        return edit(edit -> {
            edit.status = now;
            edit.charge = onCharge;
            edit.failure = null;
        });
    }

    Intent declined(Failure why) {
        return edit(edit -> {
            edit.status = IntentStatus.REQUIRES_PAYMENT_METHOD;
            edit.charge = why.charge() == null ? charge : why.charge();
            edit.paymentMethod = null;
            edit.failure = why;
        });
    }

    Intent authorized(String onCharge) {
        return edit(edit -> {
            edit.status = IntentStatus.REQUIRES_CAPTURE;
            edit.capturable = amount;
            edit.charge = onCharge;
            edit.failure = null;
        });
    }

    Intent succeeded(String onCharge, long captured) {
        return edit(edit -> {
            edit.status = IntentStatus.SUCCEEDED;
            edit.capturable = 0;
            edit.received = captured;
            edit.charge = onCharge;
            edit.failure = null;
        });
    }

    Intent canceled(String reason, long at) {
        return edit(edit -> {
            edit.status = IntentStatus.CANCELED;
            edit.capturable = 0;
            edit.cancellationReason = reason;
            edit.canceledAt = at;
        });
    }

    private Intent edit(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return new Intent(
                id,
                created,
                edit.amount,
                currency,
                manualCapture,
                edit.status,
                edit.capturable,
                edit.received,
                edit.charge,
                edit.paymentMethod,
                edit.failure,
                edit.cancellationReason,
                edit.canceledAt,
                edit.description,
                edit.metadata);
    }

    /** What can change in the life of an intent. */
    private static final class Edit {

        private long amount;
        private IntentStatus status;
        private long capturable;
        private long received;
        private @Nullable String charge;
        private @Nullable String paymentMethod;
        private @Nullable Failure failure;
        private @Nullable String cancellationReason;
        private long canceledAt;
        private @Nullable String description;
        private Map<String, String> metadata;

        private Edit(Intent of) {
            amount = of.amount;
            status = of.status;
            capturable = of.capturable;
            received = of.received;
            charge = of.charge;
            paymentMethod = of.paymentMethod;
            failure = of.failure;
            cancellationReason = of.cancellationReason;
            canceledAt = of.canceledAt;
            description = of.description;
            metadata = of.metadata;
        }
    }
}
