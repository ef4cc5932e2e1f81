package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something with an id that the API shows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "object")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Intent.class, name = "payment_intent"),
    @JsonSubTypes.Type(value = Charge.class, name = "charge"),
    @JsonSubTypes.Type(value = Refund.class, name = "refund"),
    @JsonSubTypes.Type(value = Dispute.class, name = "dispute"),
    @JsonSubTypes.Type(value = BalanceRow.class, name = "balance_transaction")
})
public sealed interface PspObject permits Intent, Charge, Refund, Dispute, BalanceRow {

    String id();

    /** Seconds of the epoch. */
    long created();
}
