package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A customer who asks for the money back through the bank.
 *
 * @param amount minor units
 * @param rows what it has done to the balance
 */
public record Dispute(
        String id,
        long created,
        String charge,
        String intent,
        long amount,
        String currency,
        Status status,
        String reason,
        List<BalanceRow> rows)
        implements PspObject {

    /** Of a dispute; an inquiry ("warning") has not taken any money yet. */
    public enum Status {
        WARNING_NEEDS_RESPONSE,
        WARNING_CLOSED,
        NEEDS_RESPONSE,
        WON,
        LOST;

        /** As Stripe writes it. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOpen() {
            return this == WARNING_NEEDS_RESPONSE || this == NEEDS_RESPONSE;
        }
    }

    public Dispute {
        rows = List.copyOf(rows);
    }

    /** Whether the charge may still be refunded: an inquiry doesn't forbid it, and neither does one that was won. */
    public boolean leavesRefundable() {
        return status != Status.NEEDS_RESPONSE && status != Status.LOST;
    }

    Dispute now(Status next, List<BalanceRow> more) {
        List<BalanceRow> all = new ArrayList<>(rows);
        all.addAll(more);
        return new Dispute(id, created, charge, intent, amount, currency, next, reason, all);
    }
}
