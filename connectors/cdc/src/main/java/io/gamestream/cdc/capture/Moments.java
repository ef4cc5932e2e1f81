package io.gamestream.cdc.capture;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Moments as the database prints them, {@code 2026-11-21 23:59:59.123456+00}, as microseconds since the epoch. */
final class Moments {

    /** What {@code infinity} becomes, for the mapping to refuse: Avro has no such moment. */
    static final long INFINITY = Long.MAX_VALUE;

    static final long MINUS_INFINITY = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000L;

    private Moments() {}

    /** Throws {@link IllegalArgumentException} for what isn't a moment. */
    static long parse(String text) {
        if (text.endsWith("infinity")) {
            return text.startsWith("-") ? MINUS_INFINITY : INFINITY;
        }
        try {
            boolean before = text.endsWith(" BC");
            String moment = before ? text.substring(0, text.length() - 3) : text;
            int space = moment.indexOf(' ');
            int zone = Math.max(moment.indexOf('+', space), moment.indexOf('-', space));
            if (space < 0 || zone < 0) {
                throw new IllegalArgumentException("not a moment");
            }
            long seconds = day(moment, space, before) * 86_400L
                    + clock(moment, space + 1, Math.min(zone, space + 9))
                    - (moment.charAt(zone) == '-' ? -1 : 1) * clock(moment, zone + 1, moment.length());
            return Math.addExact(Math.multiplyExact(seconds, MICROS), fraction(moment, space + 9, zone));
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("not a moment that Avro can hold", e);
        }
    }

    private static long day(String text, int end, boolean beforeChrist) {
        int dash = text.indexOf('-');
        int year = number(text, 0, dash);
        return LocalDate.of(
                        beforeChrist ? 1 - year : year, number(text, dash + 1, dash + 3), number(text, dash + 4, end))
                .toEpochDay();
    }

    /** {@code hh}, {@code hh:mm} or {@code hh:mm:ss} in seconds. */
    private static long clock(String text, int start, int end) {
        long seconds = 0;
        int unit = 3_600;
        for (int i = start; i < end; i += 3) {
            seconds += (long) unit * number(text, i, i + 2);
            unit /= 60;
        }
        return seconds;
    }

    private static long fraction(String text, int dot, int end) {
        if (dot >= end) {
            return 0;
        }
        long micros = number(text, dot + 1, end);
        for (int digits = end - dot - 1; digits < 6; digits++) {
            micros *= 10;
        }
        return micros;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("no digit");
            }
            number = Math.addExact(Math.multiplyExact(number, 10), digit);
        }
        return number;
    }
}
