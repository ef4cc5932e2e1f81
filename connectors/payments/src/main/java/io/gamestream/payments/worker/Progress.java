package io.gamestream.payments.worker;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far one partition is, where commands finish in any order: the offset below which all are done, and what is done beyond
 * it. Both are committed together, the latter as metadata, so that after a restart nothing that is done is done again. Not
 * thread-safe.
 */
final class Progress {

    private final NavigableSet<Long> open = new TreeSet<>();
    private final NavigableSet<Long> doneBeyond = new TreeSet<>();
    private long next;

    /**
     * Progress as it was committed.
     *
     * @param offset below which all is done
     * @param metadata the distances of what is done beyond it, as {@link #metadata} writes them
     */
    Progress(long offset, String metadata) {
        next = offset;
        for (String distance : metadata.isEmpty() ? new String[0] : metadata.split(",")) {
            doneBeyond.add(offset + Long.parseLong(distance));
        }
    }

    /** Takes note of a record; false where it is done already. */
    boolean begin(long offset) {
        next = Math.max(next, offset + 1);
        if (doneBeyond.contains(offset)) {
            return false;
        }
        open.add(offset);
        return true;
    }

    void done(long offset) {
        if (open.remove(offset)) {
            doneBeyond.add(offset);
        }
    }

    /** The offset to commit: everything below it is done. */
    long offset() {
        long offset = open.isEmpty() ? next : open.first();
        doneBeyond.headSet(offset).clear();
        return offset;
    }

    /** What is done beyond {@link #offset}. */
    String metadata() {
        long offset = offset();
        return doneBeyond.stream().map(done -> Long.toString(done - offset)).collect(Collectors.joining(","));
    }
}
