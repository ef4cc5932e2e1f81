package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * An error as Stripe answers it.
 *
 * @param status of HTTP
 * @param type {@code card_error}, {@code invalid_request_error}, {@code idempotency_error}, {@code api_error}
 * @param param the parameter that was wrong
 * @param intent the id of the intent that the answer shows
 */
public record ApiError(
        int status,
        String type,
        @Nullable String code,
        String message,
        @Nullable String param,
        @Nullable String declineCode,
        @Nullable String adviceCode,
        @Nullable String charge,
        @Nullable String intent) {

    /** A request that can't be carried out; answered with 400. */
    public static ApiError invalid(@Nullable String code, @Nullable String param, String message) {
        return new ApiError(400, "invalid_request_error", code, message, param, null, null, null, null);
    }

    public static ApiError missing(String what, String id, String param) {
        return new ApiError(
                404,
                "invalid_request_error",
                "resource_missing",
                "No such " + what + ": '" + id + "'",
                param,
                null,
                null,
                null,
                null);
    }

    /** The same key came with other parameters. */
    public static ApiError otherParameters(String key) {
        return new ApiError(
                400,
                "idempotency_error",
                null,
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                        + "Try using a key other than '" + key + "' if you meant to execute a different request.",
                null,
                null,
                null,
                null,
                null);
    }

    /** The same key is being worked on. */
    public static ApiError keyInUse(String key) {
        return new ApiError(
                409,
                "idempotency_error",
                "idempotency_key_in_use",
                "There is currently another in-progress request using this idempotent key: " + key
                        + ". Please try again later.",
                null,
                null,
                null,
                null,
                null);
    }

    public static ApiError tooMany() {
        return new ApiError(
                429,
                "invalid_request_error",
                "rate_limit",
                "Request rate limit exceeded.",
                null,
                null,
                null,
                null,
                null);
    }

    public static ApiError internal() {
        return new ApiError(
                500, "api_error", null, "An unexpected error occurred on our end.", null, null, null, null, null);
    }

    public static ApiError unauthorized(String message) {
        return new ApiError(401, "invalid_request_error", null, message, null, null, null, null, null);
    }

    static ApiError declined(Failure why, String intent) {
        return new ApiError(
                402,
                "card_error",
                why.code(),
                why.message(),
                null,
                why.declineCode(),
                why.adviceCode(),
                why.charge(),
                intent);
    }

    static ApiError unexpectedState(Intent intent, String message) {
        return new ApiError(
                400,
                "invalid_request_error",
                "payment_intent_unexpected_state",
                message,
                null,
                null,
                null,
                null,
                intent.id());
    }
}
