package io.gamestream.topology.session;

/** A record that breaks its contract. It becomes a dead letter as it came. */
public final class BadSessionRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadSessionRecordException(String message) {
        super(message);
    }
}
