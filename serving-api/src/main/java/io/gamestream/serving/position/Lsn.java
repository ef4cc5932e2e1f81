package io.gamestream.serving.position;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The position token of a Postgres transaction, {@code pg:16/B3748}, as Postgres itself writes log sequence numbers. */
public final class Lsn {

    private static final Pattern TOKEN = Pattern.compile("pg:([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");
    private static final int HEX = 16;

    private Lsn() {}

    /** Empty for anything else, and for numbers that no database reaches (2^63). */
    public static OptionalLong parse(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long lsn = (Long.parseLong(parts.group(1), HEX) << 32) | Long.parseLong(parts.group(2), HEX);
        return lsn < 0 ? OptionalLong.empty() : OptionalLong.of(lsn);
    }

    public static String format(long lsn) {
        return String.format(Locale.ROOT, "pg:%X/%X", lsn >>> 32, lsn & 0xFFFFFFFFL);
    }
}
