package io.gamestream.local.service;

/** What becomes of a service that has died. */
public enum WhenItDies {
    /** As {@code ./backbone up} does. */
    START_AGAIN,
    /** Whoever started it decides: kill-and-check runs, benchmarks. */
    LEAVE_IT
}
