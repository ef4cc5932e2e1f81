package io.gamestream.topology.catalog;

/** A fact that breaks its contract. It becomes a dead letter, which can be replayed once the contract or the fact is mended. */
final class BadFactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadFactException(String message) {
        super(message);
    }
}
