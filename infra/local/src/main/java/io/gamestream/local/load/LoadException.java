package io.gamestream.local.load;

/** A load that can't be done or went wrong; the message is one that an operator can act on. */
public final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
