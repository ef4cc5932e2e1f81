package io.gamestream.serving.view;

import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.Topology;

/**
 * Every view topic into its store, which is restored from that same topic. One sub-topology, so that all views of a key are in
 * one instance: a game is answered with its sales, a user with the library, without a second hop.
 */
final class ViewTopology {

    private ViewTopology() {}

    /** @param values makes a deserializer for one store, which one thread at a time uses */
    static Topology build(ViewRegistry registry, Function<View, Deserializer<? extends SpecificRecord>> values) {
        Topology topology = new Topology();
        View[] views = View.values();
        for (View view : views) {
            topology.addReadOnlyStateStore(
                    new ViewStoreBuilder(
                            view, () -> new ViewStore(view, registry, new ViewWriter(view, values.apply(view)))),
                    view.label() + "-source",
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    view.topic(),
                    processor(view),
                    () -> new ViewProcessor(view));
        }
        for (View view : views) {
            // A shared store is what joins nodes into one sub-topology.
            topology.connectProcessorAndStateStores(processor(view), ViewStore.name(views[0]));
        }
        return topology;
    }

    private static String processor(View view) {
        return view.label() + "-write";
    }
}
