package io.gamestream.bench.quality;

import io.gamestream.bench.report.Table;
import java.util.List;
import java.util.Locale;

/** The qualities of one load side by side. */
final class QualityTable {

    private QualityTable() {}

    static Table of(String load, List<Quality> all) {
        return new Table(
                load,
                List.of("placed by", "mean RTT", "RTT / LP bound", "wait p50", "wait p99", "gave up", "utilisation"),
                all.stream()
                        .map(one -> List.of(
                                one.name(),
                                format("%.1f ms", one.rttMs()),
                                format("%.3f", one.ratio()),
                                format("%.1f s", one.waitP50Ms() / 1_000.0),
                                format("%.1f s", one.waitP99Ms() / 1_000.0),
                                format("%.2f %%", one.gaveUp() * 100),
                                format("%.1f %%", one.utilisation() * 100)))
                        .toList());
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
