package io.gamestream.cdc.mapping;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing buffer without locks that starts with the header of Confluent's wire format. */
final class FrameBuffer extends OutputStream {

    private static final int HEADER = 5;
    private byte[] bytes = new byte[1024];
    private int size;

    /** Forgets what was there: a row that could not be written leaves half of itself. */
    void begin(int schemaId) {
        bytes[0] = 0;
        bytes[1] = (byte) (schemaId >>> 24);
        bytes[2] = (byte) (schemaId >>> 16);
        bytes[3] = (byte) (schemaId >>> 8);
        bytes[4] = (byte) schemaId;
        size = HEADER;
    }

    @Override
    public void write(int b) {
        room(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
    }
}
