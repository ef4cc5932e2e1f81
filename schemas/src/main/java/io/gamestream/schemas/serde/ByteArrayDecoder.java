package io.gamestream.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding out of an array whose end is known. Avro's own decoder allocates whatever length a record
 * claims, so that ten hostile bytes take a service down with an {@link OutOfMemoryError}; this one checks each length
 * against the bytes that are left.
 */
final class ByteArrayDecoder extends Decoder {

    /** Items without any bytes (nulls, empty records) that one record may hold: nothing else bounds them. */
    private static final long EMPTY_ITEMS = 100_000;

    private final byte[] bytes;
    private int position;

    /**
     * Items that the record may still announce. An item that has bytes takes one at least, so an honest record never
     * announces more of them than it has bytes; counting down over the whole record stops nested claims too.
     */
    private long items;

    ByteArrayDecoder(byte[] bytes, int start) {
        this.bytes = bytes;
        this.position = start;
        this.items = bytes.length + EMPTY_ITEMS;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {
        // Has no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        return next() == 1;
    }

    @Override
    public int readInt() throws IOException {
        int b = next();
        int raw = b & 0x7f;
        for (int shift = 7; b < 0; shift += 7) {
            if (shift > 28) {
                throw new AvroRuntimeException("an int of more than 5 bytes before byte " + position);
            }
            b = next();
            raw |= (b & 0x7f) << shift;
        }
        return (raw >>> 1) ^ -(raw & 1);
    }

    @Override
    public long readLong() throws IOException {
        int b = next();
        long raw = b & 0x7f;
        for (int shift = 7; b < 0; shift += 7) {
            if (shift > 63) {
                throw new AvroRuntimeException("a long of more than 10 bytes before byte " + position);
            }
            b = next();
            raw |= (b & 0x7fL) << shift;
        }
        return (raw >>> 1) ^ -(raw & 1);
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(littleEndian());
    }

    @Override
    public double readDouble() throws IOException {
        long low = littleEndian() & 0xffffffffL;
        return Double.longBitsToDouble(low | ((long) littleEndian() << 32));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        int length = length();
        Utf8 text = old == null ? new Utf8() : old;
        text.setByteLength(length);
        System.arraycopy(bytes, position, text.getBytes(), 0, length);
        position += length;
        return text;
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    @Override
    public void skipString() throws IOException {
        position += length();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, position, copy, 0, length);
        position += length;
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        position += length();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        require(length);
        System.arraycopy(bytes, position, target, start, length);
        position += length;
    }

    @Override
    public void skipFixed(int length) throws IOException {
        require(length);
        position += length;
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return itemCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return itemCount();
    }

    @Override
    public long mapNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Skips blocks that tell their size; returns the items of the first one that doesn't. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            position += length();
            count = readLong();
        }
        return announced(count);
    }

    private long itemCount() throws IOException {
        long count = readLong();
        if (count >= 0) {
            return announced(count);
        }
        // The size of the block in bytes follows; whoever reads all items doesn't need it.
        length();
        return announced(-count);
    }

    private long announced(long count) {
        if (count < 0 || count > items) {
            throw new AvroRuntimeException("a collection of " + count + " items is announced before byte " + position
                    + ", where only " + remaining() + " bytes follow");
        }
        items -= count;
        return count;
    }

    private int length() throws IOException {
        long length = readLong();
        require(length);
        return (int) length;
    }

    private void require(long length) throws EOFException {
        if (length < 0 || length > remaining()) {
            throw new EOFException(
                    "a length of " + length + " before byte " + position + ", where only " + remaining() + " follow");
        }
    }

    private byte next() throws EOFException {
        if (position >= bytes.length) {
            throw new EOFException("it ends after " + bytes.length + " bytes, where the schema expects more");
        }
        return bytes[position++];
    }

    private int littleEndian() throws EOFException {
        require(Integer.BYTES);
        int bits = (bytes[position] & 0xff)
                | ((bytes[position + 1] & 0xff) << 8)
                | ((bytes[position + 2] & 0xff) << 16)
                | (bytes[position + 3] << 24);
        position += Integer.BYTES;
        return bits;
    }
}
