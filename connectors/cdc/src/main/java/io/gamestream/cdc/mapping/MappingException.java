package io.gamestream.cdc.mapping;

/** A table and its contract don't fit; the message names table, column and field, and what to do. Found before any row. */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MappingException(String message) {
        super(message);
    }

    public MappingException(String message, Throwable cause) {
        super(message, cause);
    }
}
