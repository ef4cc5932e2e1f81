package io.gamestream.local.service;

import java.util.List;

/** Which of the JVM's compilers a service has. */
public enum Compilers {
    /**
     * The quick one, without the profiles that it gathers for the other one: where all services of a machine start at once. {@code
     * bench startup} without and with the optimising one, in one hour: ready after {@code kill -9} of everything in 26 and 41 s, 1,643
     * and 1,900 MB. The launcher has the same (./backbone).
     */
    QUICK_ONLY,
    /** As on a cluster: for measurements. */
    BOTH;

    List<String> jvmFlags() {
        return switch (this) {
            case QUICK_ONLY -> List.of("-XX:TieredStopAtLevel=1");
            case BOTH -> List.of();
        };
    }
}
