package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.CellCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a replay starts: at the last checkpoint before the time that is asked for, or at the first one whose following
 * records are all there. Takes the parts of a cell's checkpoints in their order.
 */
final class ReplayStart {

    /** Records may be written that much late, or by a clock that is that much ahead. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    private final long from;
    private final long inboxBegin;
    private final Map<Long, String> hashes = new HashMap<>();
    private List<CellCheckpoint> parts = new ArrayList<>();
    private @Nullable Checkpoint found;
    private @Nullable Checkpoint earliest;

    /**
     * @param from ms since 1970; 0 for as early as possible
     * @param inboxBegin offset of the first record that the inbox still has
     */
    ReplayStart(long from, long inboxBegin) {
        this.from = from;
        this.inboxBegin = inboxBegin;
    }

    /** The next part. */
    void add(CellCheckpoint part) {
        if (part.getPart() == 0) {
            parts = new ArrayList<>();
        } else if (parts.size() != part.getPart() || parts.get(0).getOffset() != part.getOffset()) {
            // Retention has taken the parts before it.
            return;
        }
        parts.add(part);
        if (parts.size() == part.getParts()) {
            add(new Checkpoint(parts));
        }
    }

    private void add(Checkpoint checkpoint) {
        if (checkpoint.isOfToday()) {
            hashes.put(checkpoint.offset(), checkpoint.hash());
        }
        if (checkpoint.offset() + 1 < inboxBegin) {
            return;
        }
        earliest = earliest == null ? checkpoint : earliest;
        if (checkpoint.at() <= from - MARGIN.toMillis()) {
            found = checkpoint;
        }
    }

    /**
     * Where it starts; empty for the first record.
     *
     * @throws IllegalStateException where the records that it needs are gone
     */
    Optional<Checkpoint> start() {
        if (found != null || inboxBegin == 0) {
            return Optional.ofNullable(found);
        }
        if (from == 0 && earliest != null) {
            return Optional.of(earliest);
        }
        throw new IllegalStateException("the first " + inboxBegin + " records of the inbox are gone (retention), and no"
                + " checkpoint is " + MARGIN + " older than " + Instant.ofEpochMilli(from) + " ("
                + (earliest == null
                        ? "there is none at all"
                        : "the first one that is complete is of " + Instant.ofEpochMilli(earliest.at()))
                + ")");
    }

    /** Hashes of the checkpoints that were seen, by the offset of the inbox record that each has last. */
    Map<Long, String> hashes() {
        return hashes;
    }
}
