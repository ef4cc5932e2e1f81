package io.gamestream.topology.payment;

/** A record that breaks its contract and belongs to no order's story. It becomes a dead letter as it came. */
final class BadRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRecordException(String message) {
        super(message);
    }
}
