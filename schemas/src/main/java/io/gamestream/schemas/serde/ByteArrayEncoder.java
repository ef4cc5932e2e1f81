package io.gamestream.schemas.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro's binary encoding straight into one array per thread that starts with the wire format's header, so that a record
 * is copied once, when it is done. Avro's own encoder goes through a buffer and a stream, which is two copies more.
 */
final class ByteArrayEncoder extends BinaryEncoder {

    private static final int INITIAL_BYTES = 2 * 1024;

    /** A larger buffer, from one large record, is not kept for the life of the thread. */
    private static final int KEPT_BYTES = 1024 * 1024;

    /** The longest text whose length takes one byte. */
    private static final int SHORT_TEXT = 63;

    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private static final ThreadLocal<ByteArrayEncoder> OF_THREAD = ThreadLocal.withInitial(ByteArrayEncoder::new);

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int position;
    private boolean taken;

    private ByteArrayEncoder() {}

    /** The thread's encoder, or a new one if that is in use further up the stack. */
    static ByteArrayEncoder take(int schemaId) {
        ByteArrayEncoder mine = OF_THREAD.get();
        ByteArrayEncoder encoder = mine.taken ? new ByteArrayEncoder() : mine;
        encoder.taken = true;
        WireFormat.writeHeader(encoder.buffer, schemaId);
        encoder.position = WireFormat.HEADER_BYTES;
        return encoder;
    }

    byte[] toRecord() {
        return Arrays.copyOf(buffer, position);
    }

    void giveBack() {
        taken = false;
        if (buffer.length > KEPT_BYTES) {
            buffer = new byte[INITIAL_BYTES];
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        ensure(1);
        buffer[position++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        ensure(MAX_INT_BYTES);
        int rest = (value << 1) ^ (value >> 31);
        while ((rest & ~0x7f) != 0) {
            buffer[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
    }

    @Override
    public void writeLong(long value) {
        ensure(MAX_LONG_BYTES);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            buffer[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
    }

    @Override
    public void writeFloat(float value) {
        writeLittleEndian(Float.floatToRawIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        long bits = Double.doubleToRawLongBits(value);
        writeLittleEndian((int) bits);
        writeLittleEndian((int) (bits >>> 32));
    }

    @Override
    public void writeFixed(byte[] bytes, int start, int length) {
        ensure(length);
        System.arraycopy(bytes, start, buffer, position, length);
        position += length;
    }

    @Override
    public void writeString(String text) {
        int length = text.length();
        if (length > SHORT_TEXT || !writeAscii(text, length)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writeInt(bytes.length);
            writeFixed(bytes, 0, bytes.length);
        }
    }

    /** Straight into the buffer, without an array in between, behind the single byte of its length. */
    private boolean writeAscii(String text, int length) {
        ensure(length + 1);
        int start = position + 1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            buffer[start + i] = (byte) c;
        }
        buffer[position] = (byte) (length << 1);
        position = start + length;
        return true;
    }

    @Override
    protected void writeZero() {
        ensure(1);
        buffer[position++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return position;
    }

    @Override
    public void flush() {
        // Everything is in the array already.
    }

    private void writeLittleEndian(int bits) {
        ensure(Integer.BYTES);
        buffer[position++] = (byte) bits;
        buffer[position++] = (byte) (bits >>> 8);
        buffer[position++] = (byte) (bits >>> 16);
        buffer[position++] = (byte) (bits >>> 24);
    }

    private void ensure(int more) {
        if (buffer.length - position < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(position, more), (int)
                Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8)));
    }
}
