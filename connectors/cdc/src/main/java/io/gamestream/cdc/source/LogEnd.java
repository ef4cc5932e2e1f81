package io.gamestream.cdc.source;

import java.time.Instant;

/**
 * The end of the write-ahead log.
 *
 * @param lsn everything that was committed by then ends at or before it
 * @param at the moment, by the database's clock
 */
public record LogEnd(long lsn, Instant at) {}
