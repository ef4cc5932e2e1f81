package io.gamestream.local.service;

import java.util.List;

/** How soon a service's JVM gives what is hot to the optimising compiler. */
public enum WarmUp {
    /**
     * Where all services of a machine start at once: half of a start's processor time went into the optimising compiler. Four
     * times its usual thresholds leave it what is hot for longer than a start. The launcher has the same (./backbone).
     */
    QUICK_START(
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000"),
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
