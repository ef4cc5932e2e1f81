package io.gamestream.local.cli;

import java.time.Duration;

/**
 * How long a run goes on after everything was ready.
 *
 * @param limit {@link #UNTIL_STOPPED} has the longest that there is
 */
record RunLength(Duration limit) {

    static final RunLength UNTIL_STOPPED = new RunLength(Duration.ofNanos(Long.MAX_VALUE));
}
