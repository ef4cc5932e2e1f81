package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.sessions.HostHealth;
import java.time.Duration;

/** A host as the detector knows it: what is kept, and when it was last heard of and reported, which isn't; by the detector's clock. */
final class Watch {

    private final HostWatch row;
    long lastHeard;
    long lastReported;

    /** Since when its cell is told that it is silent. */
    long downSince;

    Watch(HostWatch row, long lastHeard) {
        this.row = row;
        this.lastHeard = lastHeard;
    }

    HostWatch row() {
        return row;
    }

    /** Whether it is silent, and its cell has been told. */
    boolean isDown() {
        return row.getHealth() == HostHealth.SUSPECT || row.getHealth() == HostHealth.DEAD;
    }

    boolean isDownFor(long now, Duration time) {
        return isDown() && silent(now) >= time.toMillis();
    }

    /** Whether it has been found away, or has been silent for so long that it may have been taken away. */
    boolean isAway(long now, Duration silence) {
        return row.getHealth() == HostHealth.DEAD || row.getUnreachableAt() != 0 || isDownFor(now, silence);
    }

    /** For how long it has been down, in ms; means nothing where it isn't. */
    long silent(long now) {
        return now - downSince;
    }
}
