package io.gamestream.topology.streams;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** A processor together with its stores. */
public final class SuppliedProcessor {

    private SuppliedProcessor() {}

    public static <K, V, L, W> ProcessorSupplier<K, V, L, W> of(
            Supplier<Processor<K, V, L, W>> processor, StoreBuilder<?>... stores) {
        // In their order: another one in each JVM would also be another description of the topology.
        Set<StoreBuilder<?>> all = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(stores)));
        return new ProcessorSupplier<>() {
            @Override
            public Processor<K, V, L, W> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return all;
            }
        };
    }
}
