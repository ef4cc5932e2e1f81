package io.gamestream.cdc.source;

/** The database isn't, or doesn't allow, what an exact capture needs; the message says what to do. Not worth a retry. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
