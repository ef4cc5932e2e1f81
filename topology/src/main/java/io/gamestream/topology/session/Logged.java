package io.gamestream.topology.session;

/**
 * A record of a log.
 *
 * @param timestamp ms since 1970
 * @param offset in its partition
 */
record Logged<T>(T value, long timestamp, long offset) {}
