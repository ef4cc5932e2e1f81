package io.gamestream.chaos.sessions.run;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Sends clients to one router after the other, whether it lives or not: a balancer that has noticed nothing. */
final class RoundRobin implements Supplier<URI> {

    private final Supplier<List<URI>> routers;
    private final AtomicInteger next = new AtomicInteger();

    RoundRobin(Supplier<List<URI>> routers) {
        this.routers = routers;
    }

    @Override
    public URI get() {
        List<URI> all = routers.get();
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }
}
