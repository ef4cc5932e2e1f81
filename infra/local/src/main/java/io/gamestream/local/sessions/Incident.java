package io.gamestream.local.sessions;

import java.time.Duration;

/** Something goes wrong with hosts, or is done to them. */
public sealed interface Incident {

    /** It happens to one host, or to the next one that runs something. */
    sealed interface OfHost extends Incident {

        /** Which one, from 0. */
        int host();
    }

    /** It dies with all that it runs, and starts anew after a while. */
    record Crash(int host, Duration lasts) implements OfHost {}

    /** It is taken out of service: nothing new, and what still runs after a while is moved; then it starts anew. */
    record Drain(int host, Duration patience) implements OfHost {}

    /** It falls silent a few times, while nothing is wrong with it. */
    record Flap(int host, int times, Duration lasts) implements OfHost {}

    /** Neither routers reach it nor it them, while it goes on streaming; it comes back under another address. */
    record Cut(int host, Duration lasts) implements OfHost {}

    /** All hosts of a cell die at once, and start anew after a while. */
    record RegionLoss(String cellId, Duration lasts) implements Incident {}
}
