package io.gamestream.local.service;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * An answer of {@code /metrics} in Prometheus' text format.
 *
 * @param text one sample per line: {@code name{label="value"} number}
 */
public record PrometheusText(String text) {

    /**
     * The sum of a metric over the samples whose labels begin so; 0 where there are none.
     *
     * @param labels such as status_code -> 5
     */
    public double sum(String metric, Map<String, String> labels) {
        return samples(metric)
                .filter(line -> labels.entrySet().stream()
                        .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue())))
                .mapToDouble(PrometheusText::value)
                .filter(Double::isFinite)
                .sum();
    }

    /** The largest sample; empty where there is none. */
    public OptionalDouble max(String metric) {
        return samples(metric)
                .mapToDouble(PrometheusText::value)
                .filter(Double::isFinite)
                .max();
    }

    private Stream<String> samples(String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric)
                        && line.length() > metric.length()
                        && (line.charAt(metric.length()) == '{' || line.charAt(metric.length()) == ' '));
    }

    private static double value(String line) {
        int labelsEnd = line.lastIndexOf('}');
        String rest = line.substring(labelsEnd < 0 ? line.indexOf(' ') : labelsEnd + 1)
                .strip();
        int timestamp = rest.indexOf(' ');
        return Double.parseDouble(timestamp < 0 ? rest : rest.substring(0, timestamp));
    }
}
