package io.gamestream.bench.report;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value in {@code unit}
 * @param unit such as {@code ms} or {@code rows/s}
 * @param must what is demanded, in words; empty for nothing
 * @param verdict whether it is met
 */
public record Figure(String name, double value, String unit, String must, Verdict verdict) {

    /** A figure that stands beside others and has nothing to meet. */
    public static Figure plain(String name, double value, String unit) {
        return new Figure(name, value, unit, "", Verdict.NONE);
    }

    /** A figure that must not be above {@code limit}. */
    public static Figure atMost(String name, double value, double limit, String unit) {
        return new Figure(name, value, unit, "<= " + number(limit) + " " + unit, Verdict.of(value <= limit));
    }

    /** A figure that must not be below {@code limit}. */
    public static Figure atLeast(String name, double value, double limit, String unit) {
        return new Figure(name, value, unit, ">= " + number(limit) + " " + unit, Verdict.of(value >= limit));
    }

    /** A count that stands beside others. */
    public static Figure plain(String name, long value, String unit) {
        return plain(name, (double) value, unit);
    }

    /** A count that must not be above {@code limit}. */
    public static Figure atMost(String name, long value, long limit, String unit) {
        return atMost(name, (double) value, (double) limit, unit);
    }

    /** A count that must not be below {@code limit}. */
    public static Figure atLeast(String name, long value, long limit, String unit) {
        return atLeast(name, (double) value, (double) limit, unit);
    }

    String shown() {
        return number(value) + " " + unit;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
