package io.gamestream.cdc.source;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot.
 *
 * @param confirmedLsn everything before it has been acknowledged and may be gone
 * @param activePid the server process that streams from it, if any
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param lagBytes of log between the acknowledged position and the end
 * @param retainedBytes of log kept for the slot
 */
public record SlotInfo(
        long confirmedLsn, @Nullable Integer activePid, String walStatus, long lagBytes, long retainedBytes) {

    public boolean lost() {
        return "lost".equals(walStatus);
    }
}
