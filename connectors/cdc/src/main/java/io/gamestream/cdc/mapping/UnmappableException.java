package io.gamestream.cdc.mapping;

/**
 * A value that its field can't take. The message names the value's type and what was expected, never the value, which may
 * be private.
 */
public final class UnmappableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnmappableException(String message) {
        super(message);
    }

    public UnmappableException(String message, Throwable cause) {
        super(message, cause);
    }
}
