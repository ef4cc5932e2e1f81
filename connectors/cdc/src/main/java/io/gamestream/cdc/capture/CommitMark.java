package io.gamestream.cdc.capture;

import java.nio.ByteBuffer;

/**
 * The end of a Postgres transaction, as it travels in the stream of changes.
 *
 * @param commitLsn of the transaction, as its rows name it; 0 for a message that isn't a commit
 * @param rows that the log has of captured tables in this transaction
 */
record CommitMark(long commitLsn, long rows) {

    /** Prefix of the logical decoding message that stands for it. */
    static final String PREFIX = "backbone.commit";

    /** Prefix of the messages that an idle capture writes into the log to see how far it is. */
    static final String PULSE = "backbone.pulse";

    static CommitMark pulse() {
        return new CommitMark(0, 0);
    }

    static CommitMark read(ByteBuffer content) {
        ByteBuffer buffer = content.duplicate();
        return new CommitMark(buffer.getLong(), buffer.getLong());
    }

    byte[] write() {
        return ByteBuffer.allocate(16).putLong(commitLsn).putLong(rows).array();
    }
}
