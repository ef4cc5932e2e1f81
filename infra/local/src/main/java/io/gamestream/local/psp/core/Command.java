package io.gamestream.local.psp.core;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be asked of the provider: requests of a client, and what the world outside does. Amounts are minor units. */
public sealed interface Command {

    /** Of a client, by the API. */
    sealed interface Request extends Command {}

    /** Customers, banks and time; kept in the log until they are due. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FinishChallenge.class, name = "finish-challenge"),
        @JsonSubTypes.Type(value = Settle.class, name = "settle"),
        @JsonSubTypes.Type(value = OpenDispute.class, name = "open-dispute"),
        @JsonSubTypes.Type(value = ResolveDispute.class, name = "resolve-dispute"),
        @JsonSubTypes.Type(value = SettleRefund.class, name = "settle-refund"),
        @JsonSubTypes.Type(value = ExpireAuthorization.class, name = "expire-authorization")
    })
    sealed interface World extends Command {}

    record CreateIntent(
            long amount,
            String currency,
            boolean manualCapture,
            boolean confirm,
            @Nullable String paymentMethod,
            @Nullable String description,
            Map<String, String> metadata)
            implements Request {}

    /** Null leaves a value alone; metadata is merged, and an empty value takes a key away. */
    record UpdateIntent(
            String id, @Nullable Long amount, @Nullable String description, Map<String, String> metadata)
            implements Request {}

    record ConfirmIntent(String id, @Nullable String paymentMethod) implements Request {}

    /** Null takes everything that was authorized. */
    record CaptureIntent(String id, @Nullable Long amount) implements Request {}

    record CancelIntent(String id, @Nullable String reason) implements Request {}

    /** Of an intent or of a charge; null takes everything that is left. */
    record CreateRefund(
            @Nullable String intent,
            @Nullable String charge,
            @Nullable Long amount,
            @Nullable String reason,
            Map<String, String> metadata)
            implements Request {}

    /** The merchant gives in. */
    record CloseDispute(String id) implements Request {}

    record FinishChallenge(String intent, boolean passes) implements World {}

    record Settle(String intent, boolean succeeds) implements World {}

    /** {@code won} is how it will end. */
    record OpenDispute(String charge, String reason, boolean inquiry, boolean won) implements World {}

    record ResolveDispute(String dispute, boolean won) implements World {}

    record SettleRefund(String refund, boolean succeeds) implements World {}

    record ExpireAuthorization(String intent) implements World {}
}
