package io.gamestream.serving.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** All {@link ViewTable tables} of this process. They are made once, so finding one costs a reader next to nothing. */
public final class ViewRegistry {

    private static final ViewTable[] NONE = {};

    private final EnumMap<View, ViewTable[]> tables = new EnumMap<>(View.class);
    private final Map<String, View> byTopic = new HashMap<>();

    /** @param partitions of each view's topic */
    public ViewRegistry(Map<View, Integer> partitions) {
        partitions.forEach((view, count) -> {
            ViewTable[] ofView = new ViewTable[count];
            for (int i = 0; i < count; i++) {
                ofView[i] = new ViewTable(view, i);
            }
            tables.put(view, ofView);
            byTopic.put(view.topic(), view);
        });
    }

    public ViewTable table(View view, int partition) {
        ViewTable[] all = of(view);
        if (partition < 0 || partition >= all.length) {
            throw new IllegalArgumentException(
                    view.label() + " partition: " + partition + " (expected: 0 to " + (all.length - 1) + ")");
        }
        return all[partition];
    }

    /** The table of a topic partition; empty for a topic that is no view. */
    public Optional<ViewTable> table(String topic, int partition) {
        View view = byTopic.get(topic);
        return view == null || partition >= of(view).length ? Optional.empty() : Optional.of(table(view, partition));
    }

    /** The table that a key is in: where Kafka's default partitioner puts it. */
    public ViewTable tableOf(View view, int hash) {
        ViewTable[] all = of(view);
        return all[Utils.toPositive(hash) % all.length];
    }

    public int partitions(View view) {
        return of(view).length;
    }

    /** Every table, view by view. */
    public List<ViewTable> all() {
        List<ViewTable> all = new ArrayList<>();
        for (ViewTable[] ofView : tables.values()) {
            all.addAll(List.of(ofView));
        }
        return all;
    }

    private ViewTable[] of(View view) {
        return tables.getOrDefault(view, NONE);
    }
}
