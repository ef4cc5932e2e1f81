package io.gamestream.bench.quality;

/**
 * A player who comes and wants to play.
 *
 * @param number from 0
 * @param at ms from the beginning
 * @param lengthMs of the session, once it is granted
 */
record Visit(int number, long at, int city, long lengthMs) {}
