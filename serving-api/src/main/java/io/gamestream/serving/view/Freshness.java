package io.gamestream.serving.view;

/**
 * Up to where a view partition is known to be complete: every commit at or below the position, and every commit up to the time,
 * is in it.
 *
 * @param lsn of the source log; 0 where nothing is known
 * @param asOfMillis epoch ms by the database's clock; 0 where nothing is known
 * @param token of the lsn, as clients get it
 */
public record Freshness(long lsn, long asOfMillis, String token) {

    public static final Freshness UNKNOWN = new Freshness(0, 0, "");
}
