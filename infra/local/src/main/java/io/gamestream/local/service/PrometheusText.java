package io.gamestream.local.service;

import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * An answer of {@code /metrics} in Prometheus' text format.
 *
 * @param text one sample per line: {@code name{label="value"} number}
 */
public record PrometheusText(String text) {

    /** The sum of a metric over all its labels; 0 where it has no samples. */
    public double sum(String metric) {
        return samples(metric, line -> true).sum();
    }

    /** The sum of a metric over the samples that have the label with this beginning of its value. */
    public double sum(String metric, String label, String valueBeginsWith) {
        return samples(metric, line -> line.contains(label + "=\"" + valueBeginsWith))
                .sum();
    }

    /** The largest sample; empty where there is none. */
    public OptionalDouble max(String metric) {
        return samples(metric, line -> true).max();
    }

    private DoubleStream samples(String metric, Predicate<String> wanted) {
        return text.lines()
                .filter(line -> line.startsWith(metric)
                        && line.length() > metric.length()
                        && (line.charAt(metric.length()) == '{' || line.charAt(metric.length()) == ' '))
                .filter(wanted)
                .mapToDouble(PrometheusText::value)
                .filter(Double::isFinite);
    }

    private static double value(String line) {
        int labelsEnd = line.lastIndexOf('}');
        String rest = line.substring(labelsEnd < 0 ? line.indexOf(' ') : labelsEnd + 1)
                .strip();
        int timestamp = rest.indexOf(' ');
        return Double.parseDouble(timestamp < 0 ? rest : rest.substring(0, timestamp));
    }
}
