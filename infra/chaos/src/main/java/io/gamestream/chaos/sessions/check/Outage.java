package io.gamestream.chaos.sessions.check;

import java.time.Duration;

/**
 * How long nothing was granted around an act: the longest pause of any cell, and of any partition of players, that begins after
 * the act and soon after it.
 *
 * @param what was done to whom
 * @param gap the pause, with the time that it takes anyway until somebody comes
 * @param bound that it must not exceed
 */
public record Outage(String what, Duration gap, Duration bound) {}
