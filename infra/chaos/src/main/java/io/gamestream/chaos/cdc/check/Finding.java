package io.gamestream.chaos.cdc.check;

/**
 * One fault.
 *
 * @param subject key of the row or of the position
 * @param detail enough to find it in the topic and in the script
 */
public record Finding(Fault fault, String subject, String detail) {

    @Override
    public String toString() {
        return fault + " " + subject + ": " + detail;
    }
}
