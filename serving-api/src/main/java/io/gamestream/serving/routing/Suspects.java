package io.gamestream.serving.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Instances that could not be reached a moment ago: asked last, so that only one read in a while pays for finding out. */
final class Suspects {

    private final Map<Peer, Long> until = new ConcurrentHashMap<>();
    private final long nanos;
    private final LongSupplier clock;

    Suspects(Duration suspectFor, LongSupplier nanoClock) {
        this.nanos = suspectFor.toNanos();
        this.clock = nanoClock;
    }

    void suspect(Peer peer) {
        until.put(peer, clock.getAsLong() + nanos);
    }

    void trust(Peer peer) {
        until.remove(peer);
    }

    boolean isSuspect(Peer peer) {
        Long end = until.get(peer);
        return end != null && end - clock.getAsLong() > 0;
    }

    /** The same peers, suspects last, otherwise in order. */
    List<Peer> order(List<Peer> peers) {
        if (until.isEmpty() || peers.size() < 2) {
            return peers;
        }
        List<Peer> ordered = new ArrayList<>(peers.size());
        peers.stream().filter(peer -> !isSuspect(peer)).forEach(ordered::add);
        peers.stream().filter(this::isSuspect).forEach(ordered::add);
        return ordered;
    }
}
