package io.gamestream.cdc.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Postgres doesn't repeat a large value that an update leaves alone, unless the table's replica identity is full; the engine
 * then puts a placeholder in its place. Such a row is never written: the value would be lost.
 */
public final class Toast {

    /** Unlike the engine's default, nobody stores this by accident. */
    public static final String PLACEHOLDER = "__backbone_value_not_in_the_log__6f1c0f52-3f0a-4c6c-9d53-0e4b8d6a7a11";

    private static final ByteBuffer BYTES = ByteBuffer.wrap(PLACEHOLDER.getBytes(StandardCharsets.UTF_8));

    private Toast() {}

    /** Whether the engine had no value for the column. */
    static boolean isMissing(Object value) {
        if (value instanceof String text) {
            return text.length() == PLACEHOLDER.length() && text.equals(PLACEHOLDER);
        }
        if (value instanceof ByteBuffer buffer) {
            return buffer.remaining() == BYTES.remaining() && buffer.equals(BYTES);
        }
        if (value instanceof List<?> items && !items.isEmpty()) {
            Object first = items.get(0);
            // Arrays of numbers hold the placeholder as one number per byte.
            return first instanceof Number number
                    ? items.size() == BYTES.capacity() && number.byteValue() == BYTES.get(0) && spells(items)
                    : first != null && isMissing(first);
        }
        return false;
    }

    private static boolean spells(List<?> items) {
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Number number) || number.longValue() != BYTES.get(i)) {
                return false;
            }
        }
        return true;
    }
}
