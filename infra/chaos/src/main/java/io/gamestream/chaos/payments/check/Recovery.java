package io.gamestream.chaos.payments.check;

import java.time.Duration;

/**
 * How long it took after an act until records were processed again.
 *
 * @param what was done to whom
 * @param bound that it must not exceed
 */
public record Recovery(String what, Duration took, Duration bound) {}
