package io.gamestream.chaos.payments.check;

/**
 * Something that does not hold.
 *
 * @param subject an order, an operation, a topic
 * @param detail enough to find it in the evidence
 */
public record Finding(Invariant invariant, String subject, String detail) {

    @Override
    public String toString() {
        return invariant + " " + subject + ": " + detail;
    }
}
