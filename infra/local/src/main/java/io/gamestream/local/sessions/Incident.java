package io.gamestream.local.sessions;

import java.time.Duration;

/** Something goes wrong with a host, or is done to it. */
sealed interface Incident {

    /** Which one, from 0. */
    int host();

    /** It dies with all that it runs, and starts anew after a while. */
    record Crash(int host, Duration lasts) implements Incident {}

    /** It is taken out of service: nothing new, and what still runs after a while is moved; then it starts anew. */
    record Drain(int host, Duration patience) implements Incident {}

    /** It falls silent a few times, while nothing is wrong with it. */
    record Flap(int host, int times, Duration lasts) implements Incident {}
}
