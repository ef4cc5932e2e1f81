package io.gamestream.topology.session;

import java.time.Duration;

/**
 * Settings {@code sessions.detector}: when a silent host is suspected, and when one that came back is trusted.
 *
 * @param suspectAfter of silence; less than the lease, so that nothing new is granted on a host that is about to stop
 * @param longestBeat a beat of a router moves the detector's clock on by that much at most
 * @param reportEvery a host that says nothing new is reported anyway, so that a lost word is made good
 * @param stableAfter how long a host that came back must not fall silent again; doubled for each time that it did of late
 * @param stableAtMost the bound of that
 * @param flapMemory how long a silence counts as of late; a host that is suspect for longer is no part of a mass silence
 * @param forgetAfter how long a host that is suspect or dead is watched
 * @param massSilence where more than that part of all living hosts is silent at once, it is not the hosts that have stopped, but
 *     those who listen: then silence alone makes nobody suspect (Eureka's self-preservation, the full disruption of Kubernetes'
 *     node controller)
 * @param massAtLeast as few silent hosts are never that many
 */
public record WatchPolicy(
        Duration suspectAfter,
        Duration longestBeat,
        Duration reportEvery,
        Duration stableAfter,
        Duration stableAtMost,
        Duration flapMemory,
        Duration forgetAfter,
        double massSilence,
        int massAtLeast) {

    public WatchPolicy {
        positive("suspect-after", suspectAfter);
        positive("longest-beat", longestBeat);
        positive("report-every", reportEvery);
        positive("stable-after", stableAfter);
        positive("flap-memory", flapMemory);
        if (forgetAfter.compareTo(flapMemory) < 0) {
            throw new IllegalArgumentException("forget-after: " + forgetAfter + " (expected: at least flap-memory, "
                    + flapMemory + "; a host that is forgotten comes back without its flaps)");
        }
        if (!(massSilence > 0 && massSilence <= 1)) {
            throw new IllegalArgumentException("mass-silence: " + massSilence + " (expected: more than 0, at most 1)");
        }
        if (massAtLeast < 1) {
            throw new IllegalArgumentException("mass-at-least: " + massAtLeast + " (expected: >= 1)");
        }
        if (stableAtMost.compareTo(stableAfter) < 0) {
            throw new IllegalArgumentException(
                    "stable-at-most: " + stableAtMost + " (expected: at least stable-after, " + stableAfter + ")");
        }
        if (longestBeat.compareTo(suspectAfter) >= 0) {
            throw new IllegalArgumentException("longest-beat: " + longestBeat + " (expected: less than suspect-after, "
                    + suspectAfter + "; otherwise one late beat makes every host suspect)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1ms)");
        }
    }
}
