package io.gamestream.local.psp.fault;

/**
 * What chance has decided about the delivery of one event.
 *
 * @param delayMs before the first attempt
 */
public record DeliveryFate(boolean lost, boolean duplicated, boolean forged, long delayMs) {}
