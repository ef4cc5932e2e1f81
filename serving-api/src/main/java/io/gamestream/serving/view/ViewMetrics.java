package io.gamestream.serving.view;

import io.gamestream.serving.view.LogEnds.Progress;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an operator must know of the tables: how much is in them, how far and how old they are, and whether they are loaded. One row per
 * view and partition that this instance has; read when somebody scrapes.
 */
public final class ViewMetrics implements MultiCollector {

    private static final double MILLIS = 1e3;

    private final ViewRegistry registry;
    private final LogEnds ends;

    public ViewMetrics(ViewRegistry registry, LogEnds ends) {
        this.registry = registry;
        this.ends = ends;
    }

    @Override
    public MetricSnapshots collect() {
        List<ViewTable> here = registry.all().stream()
                .filter(table -> table.role() != ViewTable.Role.NONE || table.readable())
                .toList();
        List<ViewTable> dated =
                here.stream().filter(table -> table.asOfMillis() != 0).toList();
        long now = System.currentTimeMillis();
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(gauge("serving_view_entries", "Keys in the table", here, ViewTable::size));
        all.add(gauge("serving_view_bytes", "Heap bytes of the table's entries", here, ViewTable::bytes));
        all.add(gauge("serving_view_position", "The offset that is applied next", here, ViewTable::position));
        all.add(gauge("serving_view_lag", "Offsets of the log that are not applied", here, ViewTable::lag));
        all.add(gauge(
                "serving_view_active",
                "1 where this instance answers for the partition, 0 where it is a standby",
                here,
                table -> table.role() == ViewTable.Role.ACTIVE ? 1 : 0));
        all.add(gauge(
                "serving_view_age_seconds",
                "Now less the time up to which the table is known to be complete",
                dated,
                table -> Math.max(0, now - table.asOfMillis()) / MILLIS));
        Progress progress = ends.progress();
        all.add(GaugeSnapshot.builder()
                .name("serving_views_loaded_ratio")
                .help("How far loading is, over all that this instance has; 1 when it is done")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(progress.end() == 0 ? 1 : (double) progress.loaded() / progress.end())
                        .build())
                .build());
        return new MetricSnapshots(all);
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<ViewTable> tables, ToDoubleFunction<ViewTable> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (ViewTable table : tables) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("view", table.view().label(), "partition", Integer.toString(table.partition())))
                    .value(value.applyAsDouble(table))
                    .build());
        }
        return gauge.build();
    }
}
