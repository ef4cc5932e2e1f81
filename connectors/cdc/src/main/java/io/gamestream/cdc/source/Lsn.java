package io.gamestream.cdc.source;

/** A position in the write-ahead log as the database writes it: {@code 0/16B3748}. */
public final class Lsn {

    private Lsn() {}

    /** Of the text form. */
    public static long parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("lsn: " + text + " (expected: such as 0/16B3748)");
        }
        return Long.parseUnsignedLong(text.substring(0, slash), 16) << 32
                | Long.parseUnsignedLong(text.substring(slash + 1), 16);
    }

    /** The text form. */
    public static String format(long lsn) {
        return Long.toHexString(lsn >>> 32).toUpperCase(java.util.Locale.ROOT) + "/"
                + Long.toHexString(lsn & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
