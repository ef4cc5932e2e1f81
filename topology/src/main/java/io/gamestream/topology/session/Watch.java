package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostWatch;

/** A host as the detector knows it: what is kept, and when it was last heard of and reported, which isn't. */
final class Watch {

    private final HostWatch row;
    long lastHeard;
    long lastReported;

    Watch(HostWatch row, long lastHeard) {
        this.row = row;
        this.lastHeard = lastHeard;
    }

    HostWatch row() {
        return row;
    }
}
