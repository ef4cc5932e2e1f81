package io.gamestream.local.psp.core;

/** Thrown where a request is refused before it is carried out; such an answer is not kept for its idempotency key. */
public final class ApiErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public ApiErrorException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
