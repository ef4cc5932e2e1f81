package io.gamestream.chaos.sessions.run;

import java.time.Duration;
import java.util.List;

/**
 * Settings that make minutes seconds: each wait of cells, gate, detector and hosts is short, and their order is the real one
 * (a host is suspected before its lease is over, reported more often than that, given up after lease and margin).
 */
final class Haste {

    static final Duration LEASE = Duration.ofSeconds(6);
    static final Duration BEAT = Duration.ofMillis(700);

    /** The longest that a slot may be held by anybody who is silent: start, grace, cleaning, quarantine. */
    static final Duration LONGEST_HOLD = Duration.ofSeconds(40);

    private Haste() {}

    static List<String> settings() {
        return List.of(
                "sessions.checkpoint-every=1m",
                "sessions.policy.reservation=6s",
                "sessions.policy.start=10s",
                "sessions.policy.longest-session=60s",
                "sessions.policy.grace=10s",
                "sessions.policy.grace-total=50s",
                "sessions.policy.cleaning=8s",
                "sessions.policy.quarantine=8s",
                "sessions.policy.lease=" + LEASE.toMillis() + "ms",
                "sessions.policy.lease-margin=1s",
                "sessions.policy.suspicion-limit=20s",
                "sessions.policy.recovery-patience=3s",
                "sessions.policy.party-patience=5s",
                "sessions.policy.head-starts.ULTIMATE=6s",
                "sessions.policy.head-starts.PLUS=2s",
                "sessions.policy.tell-every=2s",
                "sessions.gate.look-again=10s",
                "sessions.gate.rtt-caps=[{after=0s,rtt-ms=50},{after=3s,rtt-ms=100},{after=6s,rtt-ms=10000}]",
                "sessions.detector.suspect-after=2500ms",
                "sessions.detector.longest-beat=1500ms",
                "sessions.detector.report-every=3s",
                "sessions.detector.stable-after=2s",
                "sessions.detector.stable-at-most=20s",
                "sessions.detector.flap-memory=1m",
                "session-router.probe-after=1500ms",
                "session-router.usual-wait=3s",
                "session-router.recall=1h");
    }
}
