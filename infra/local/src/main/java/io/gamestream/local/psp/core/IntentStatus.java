package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The life of a payment intent; a decline leads back to {@link #REQUIRES_PAYMENT_METHOD}, there is no "failed". */
public enum IntentStatus {
    REQUIRES_PAYMENT_METHOD,
    REQUIRES_CONFIRMATION,
    REQUIRES_ACTION,
    PROCESSING,
    REQUIRES_CAPTURE,
    CANCELED,
    SUCCEEDED;

    /** As Stripe writes it. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isConfirmable() {
        return this == REQUIRES_PAYMENT_METHOD || this == REQUIRES_CONFIRMATION || this == REQUIRES_ACTION;
    }

    public boolean isCancelable() {
        return isConfirmable() || this == REQUIRES_CAPTURE;
    }
}
