package io.gamestream.local.cli;

import java.util.Locale;

/** Says that all is ready, and only when it is so: scripts wait for that line. */
final class Headline {

    private final Console console;
    private final ServiceStart start;
    private final long begin;
    private boolean told;

    /** @param begin of the run, {@link System#nanoTime} */
    Headline(Console console, ServiceStart start, long begin) {
        this.console = console;
        this.start = start;
        this.begin = begin;
    }

    /** At the end of a start, whether or not all have made it. */
    void print() {
        if (!told && !start.allReady()) {
            console.line("\nRunning; not ready yet: " + start.missing() + "; see the logs.\n");
        }
        followUp();
    }

    /** From time to time afterwards: tells of those that were late. */
    void followUp() {
        if (!told && start.allReady()) {
            told = true;
            console.line(String.format(Locale.ROOT, "%nAll ready after %.1f s.%n", (System.nanoTime() - begin) / 1e9));
        }
    }
}
