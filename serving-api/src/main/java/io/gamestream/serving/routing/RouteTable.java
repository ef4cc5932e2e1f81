package io.gamestream.serving.routing;

import java.util.Collection;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsMetadata;

/** The current {@link Routes}, one volatile read away from every request. */
public final class RouteTable {

    private final Peer self;
    private final String topic;
    private volatile Routes routes = Routes.NONE;

    /** @param topic one that every task reads */
    public RouteTable(Peer self, String topic) {
        this.self = self;
        this.topic = topic;
    }

    public Peer self() {
        return self;
    }

    public Routes routes() {
        return routes;
    }

    /** Takes over what the last rebalance has told this instance; keeps the old where that is not known now. */
    public void refresh(Supplier<Collection<StreamsMetadata>> instances) {
        try {
            Collection<StreamsMetadata> known = instances.get();
            if (!known.isEmpty()) {
                routes = Routes.of(known, topic);
            }
        } catch (IllegalStateException e) {
            // Not started yet, or stopped: the last known routes are the best there are.
            return;
        }
    }
}
