package io.gamestream.local.service;

import java.util.List;

/** Which compilers a service's JVM has. */
public enum WarmUp {
    /**
     * Where all services of a machine start at once: without the optimising compiler, and without the profiles that the other one
     * gathers for it. {@code bench startup} without and with it, in one hour: ready after {@code kill -9} of everything in 26 and
     * 41 s, 1,643 and 1,900 MB. The launcher has the same (./backbone).
     */
    QUICK_START("-XX:TieredStopAtLevel=1"),
    /** By the JVM's own thresholds, as on a cluster: for measurements. */
    FULL_SPEED;

    private final String jvmFlags;

    WarmUp(String... jvmFlags) {
        this.jvmFlags = String.join(" ", jvmFlags);
    }

    List<String> jvmFlags() {
        return jvmFlags.isEmpty() ? List.of() : List.of(jvmFlags.split(" "));
    }
}
