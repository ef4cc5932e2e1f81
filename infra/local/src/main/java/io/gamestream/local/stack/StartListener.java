package io.gamestream.local.stack;

import java.time.Duration;

/** Is told how the start goes on; from several threads. */
@FunctionalInterface
public interface StartListener {

    /** Tells nobody. */
    StartListener SILENT = (what, took) -> {};

    /**
     * Something is ready.
     *
     * @param what such as "kafka" or "topics"
     */
    void ready(String what, Duration took);
}
