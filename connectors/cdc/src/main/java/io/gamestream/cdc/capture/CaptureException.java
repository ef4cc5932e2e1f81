package io.gamestream.cdc.capture;

/** The capture can't go on, and trying again would not help; the message says what to do. */
public final class CaptureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CaptureException(String message) {
        super(message);
    }

    public CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
