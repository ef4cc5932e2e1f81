package io.gamestream.cdc.source;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the slot still holds what the position needs. Anything else would be a gap that the engine passes in silence. */
public final class SlotCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SlotCheck.class);

    private SlotCheck() {}

    /**
     * Before a first snapshot: nothing of the slot may be there, since the snapshot must show exactly where the slot
     * begins.
     *
     * @param ours whether an earlier attempt of ours can have made it
     */
    public static void forSnapshot(SourceDatabase database, String slot, boolean ours) throws SQLException {
        Optional<SlotInfo> found = database.slot(slot);
        if (found.isEmpty()) {
            return;
        }
        if (!ours) {
            throw new SourceException("replication slot " + slot + " exists, but Kafka holds no position for it: it is"
                    + " another capture's, or cdc.positions.v1 has been deleted. Choose another name (cdc.slot), or to"
                    + " start over with a snapshot: SELECT pg_drop_replication_slot('" + slot + "')");
        }
        release(database, slot, found.get());
        LOG.info("dropping slot {} of a snapshot that was not completed; a new one is taken", slot);
        database.dropSlot(slot);
    }

    /** Before streaming from a position. */
    public static void forStreaming(SourceDatabase database, String slot, long lsn) throws SQLException {
        SlotInfo found = database.slot(slot).orElse(null);
        if (found == null || found.lost()) {
            throw new SourceException(lost(slot, lsn, found));
        }
        if (found.confirmedLsn() > lsn) {
            throw new SourceException("replication slot " + slot + " has been moved to "
                    + Lsn.format(found.confirmedLsn()) + ", but Kafka is at " + Lsn.format(lsn)
                    + ": the changes between are gone from the log. " + startOver());
        }
        release(database, slot, found);
    }

    /**
     * A former capture's server process may not have noticed that its client is gone; it is fenced in Kafka by now, so that
     * nothing of value is lost with it.
     */
    private static void release(SourceDatabase database, String slot, SlotInfo found) throws SQLException {
        Integer pid = found.activePid();
        if (pid != null) {
            LOG.info("slot {} is still held by server process {} of a former capture; ending it", slot, pid);
            database.terminate(pid);
        }
    }

    private static String lost(String slot, long lsn, @Nullable SlotInfo found) {
        String how = found == null
                ? "doesn't exist any more"
                : "has lost its log (wal_status = lost; max_slot_wal_keep_size or idle_replication_slot_timeout was"
                        + " exceeded)";
        return "replication slot " + slot + " " + how + ": the changes after " + Lsn.format(lsn) + " can't be read. "
                + startOver();
    }

    private static String startOver() {
        return "To start over with a snapshot (readers get every row again, and tombstones for rows that are gone):"
                + " ./backbone cdc reset --yes";
    }
}
