package io.gamestream.payments.worker;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How far one partition is, where commands finish in any order: the offset below which all are done, and what is done beyond
 * it. Both are committed together, the latter as metadata, so that after a restart nothing that is done is done again. Not
 * thread-safe.
 */
final class Progress {

    /** Done beyond a gap, with which nothing more is begun: the metadata has room for them and for what is under way. */
    private static final int MOST_BEYOND = 500;

    /** Before the name of the transaction that has committed it. */
    private static final char NAME = '#';

    /** With a name, below what the broker takes by its offset.metadata.max.bytes of 4,096. */
    private static final int MOST_METADATA = 4_000;

    private final NavigableSet<Long> open = new TreeSet<>();
    private final NavigableSet<Long> doneBeyond = new TreeSet<>();
    private long next;

    /**
     * Progress as it was committed.
     *
     * @param offset below which all is done
     * @param metadata the distances of what is done beyond it, as {@link #metadata} writes them, and a name or none
     */
    Progress(long offset, String metadata) {
        next = offset;
        int end = metadata.indexOf(NAME);
        String distances = end < 0 ? metadata : metadata.substring(0, end);
        for (String distance : distances.isEmpty() ? new String[0] : distances.split(",")) {
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

    /** A record that was begun last and can't be looked at now; it and those behind it will come again. */
    void again(long offset) {
        open.remove(offset);
        next = offset;
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

    /** Whether more may be begun; not while one that doesn't end holds back many that are done. */
    boolean hasRoom() {
        offset();
        return doneBeyond.size() < MOST_BEYOND;
    }

    /**
     * What is done beyond {@link #offset}, as far as there is room for it: the rest would be done again after a restart, under
     * the same keys, where metadata that is too long would let nothing be committed at all.
     */
    String metadata() {
        long offset = offset();
        StringBuilder distances = new StringBuilder();
        for (long done : doneBeyond) {
            String distance = Long.toString(done - offset);
            if (distances.length() + 1 + distance.length() > MOST_METADATA) {
                break;
            }
            distances.append(distances.isEmpty() ? "" : ",").append(distance);
        }
        return distances.toString();
    }

    /** Metadata with the name of the transaction that commits it, by which it can be told from any other. */
    static String named(String metadata, String name) {
        return metadata + NAME + name;
    }

    static boolean isNamed(String metadata, String name) {
        return metadata.endsWith(NAME + name);
    }
}
