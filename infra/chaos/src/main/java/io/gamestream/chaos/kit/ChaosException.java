package io.gamestream.chaos.kit;

/** The run itself could not go on; its message is fit for whoever reads standard error. */
public final class ChaosException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ChaosException(String message) {
        super(message);
    }

    public ChaosException(String message, Throwable cause) {
        super(message, cause);
    }
}
