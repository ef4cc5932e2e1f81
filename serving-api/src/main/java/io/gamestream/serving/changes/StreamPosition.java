package io.gamestream.serving.changes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * How far a client is in a view's topic: the id of an event, and what it resumes with.
 *
 * <p>On a compacted topic a resume is right if the client ends with the same state as one that never left. Records that were compacted away
 * were replaced by later ones of the same key, which it will get. Deletes are different: a tombstone itself is removed, some time after it
 * was written ({@code delete.retention.ms}). Therefore the position says since when the client has been complete, and a client that was
 * away for longer than tombstones are kept is told so.
 *
 * @param view by its code, so that an id isn't taken for one of another view
 * @param topicId by Kafka: a topic that was deleted and made again has the same name and other offsets
 * @param completeMillis the client has everything that was written before, in epoch ms
 * @param next offset by partition, of the first record that the client does not have
 */
record StreamPosition(char view, Uuid topicId, long completeMillis, Offsets next) {

    private static final byte VERSION = 1;
    private static final int MAX_PARTITIONS = 10_000;
    private static final int MAX_CHARS = 100_000;
    private static final int FIXED_BYTES = 1 + 1 + 16 + 8 + 2;

    /** Offsets by partition; a value. */
    static final class Offsets {

        private final long[] byPartition;

        Offsets(long... byPartition) {
            this.byPartition = byPartition.clone();
        }

        int partitions() {
            return byPartition.length;
        }

        /** 0, the beginning, for a partition that was added since. */
        long of(int partition) {
            return partition < byPartition.length ? byPartition[partition] : 0;
        }

        long[] toArray(int partitions) {
            return Arrays.copyOf(byPartition, partitions);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Offsets that && Arrays.equals(that.byPartition, byPartition);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(byPartition);
        }

        @Override
        public String toString() {
            return Arrays.toString(byPartition);
        }
    }

    /** Opaque to clients, one line, safe in a header and in a URL. */
    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + 10 * next.partitions());
        bytes.put(VERSION).put((byte) view);
        bytes.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
        bytes.putLong(completeMillis).putShort((short) next.partitions());
        for (int partition = 0; partition < next.partitions(); partition++) {
            putVarLong(bytes, next.of(partition));
        }
        byte[] used = Arrays.copyOf(bytes.array(), bytes.position());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    /** Empty for anything that {@link #encode} does not make. */
    static Optional<StreamPosition> decode(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() != VERSION) {
                return Optional.empty();
            }
            char view = (char) bytes.get();
            Uuid topicId = new Uuid(bytes.getLong(), bytes.getLong());
            long completeMillis = bytes.getLong();
            int partitions = bytes.getShort();
            if (partitions < 1 || partitions > MAX_PARTITIONS) {
                return Optional.empty();
            }
            long[] next = new long[partitions];
            for (int partition = 0; partition < partitions; partition++) {
                next[partition] = getVarLong(bytes);
                if (next[partition] < 0) {
                    return Optional.empty();
                }
            }
            return bytes.hasRemaining()
                    ? Optional.empty()
                    : Optional.of(new StreamPosition(view, topicId, completeMillis, new Offsets(next)));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void putVarLong(ByteBuffer bytes, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long getVarLong(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
