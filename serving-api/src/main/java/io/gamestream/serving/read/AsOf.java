package io.gamestream.serving.read;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Instants as ISO-8601 with exactly three digits of the second, 24 characters, written without garbage: every answer carries
 * one, and {@link Instant#toString} would cost a tenth of the request.
 */
final class AsOf {

    static final int CHARS = 24;
    private static final long DAY_MILLIS = 86_400_000L;

    /** The last day that was asked for, as "2026-11-22T". Racing writers write the same. */
    private static volatile Day day = new Day(Long.MIN_VALUE, new byte[0]);

    private static final class Day {

        private final long number;
        private final byte[] text;

        private Day(long number, byte[] text) {
            this.number = number;
            this.text = text;
        }
    }

    private AsOf() {}

    /** Writes {@link #CHARS} bytes at an offset. */
    static void write(long epochMillis, byte[] to, int at) {
        long number = Math.floorDiv(epochMillis, DAY_MILLIS);
        Day known = day;
        if (known.number != number) {
            known = new Day(number, date(number));
            day = known;
        }
        System.arraycopy(known.text, 0, to, at, known.text.length);
        int millis = (int) Math.floorMod(epochMillis, DAY_MILLIS);
        digits(to, at + 11, 2, millis / 3_600_000);
        to[at + 13] = ':';
        digits(to, at + 14, 2, millis / 60_000 % 60);
        to[at + 16] = ':';
        digits(to, at + 17, 2, millis / 1000 % 60);
        to[at + 19] = '.';
        digits(to, at + 20, 3, millis % 1000);
        to[at + 23] = 'Z';
    }

    private static byte[] date(long number) {
        ZonedDateTime start = Instant.EPOCH.plus(number, ChronoUnit.DAYS).atZone(ZoneOffset.UTC);
        byte[] text = new byte[11];
        digits(text, 0, 4, start.getYear());
        text[4] = '-';
        digits(text, 5, 2, start.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, start.getDayOfMonth());
        text[10] = 'T';
        return text;
    }

    private static void digits(byte[] to, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
