package io.gamestream.serving.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended: the sort value and the id of its last game. It stays good while the catalogue changes: a game is missed or met
 * twice only if its own sort value changes between two pages.
 *
 * @param request hash of everything that the list depends on, so that a cursor is only taken back by the list that it is from
 * @param kind of the sort value
 * @param number a sort value, or the bits of one
 * @param text a sort value
 * @param id of the game
 */
record Cursor(int request, Kind kind, long number, String text, String id) {

    /** What a list is sorted by. */
    enum Kind {
        NUMBER('n'),
        SCORE('s'),
        TEXT('t');

        private final char code;

        Kind(char code) {
            this.code = code;
        }
    }

    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 18;

    static Cursor number(int request, long number, String id) {
        return new Cursor(request, Kind.NUMBER, number, "", id);
    }

    static Cursor score(int request, float score, Strictness strictness, String id) {
        long bits = Integer.toUnsignedLong(Float.floatToIntBits(score));
        return new Cursor(request, Kind.SCORE, ((long) strictness.level() << 32) | bits, "", id);
    }

    static Cursor text(int request, String text, String id) {
        return new Cursor(request, Kind.TEXT, 0, text, id);
    }

    float score() {
        return Float.intBitsToFloat((int) number);
    }

    Strictness strictness() {
        return Strictness.ofLevel((int) (number >>> 32));
    }

    /** Safe in a URL. */
    String encode() {
        byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
        byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + textBytes.length + idBytes.length);
        bytes.put(VERSION).put((byte) kind.code).putInt(request).putLong(number);
        bytes.putInt(textBytes.length).put(textBytes).put(idBytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Empty for anything that {@link #encode} has not made for the same request and kind of list. */
    static Optional<Cursor> decode(String encoded, int request, Kind kind) {
        byte[] raw;
        try {
            raw = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw);
        if (raw.length < FIXED_BYTES
                || bytes.get() != VERSION
                || bytes.get() != (byte) kind.code
                || bytes.getInt() != request) {
            return Optional.empty();
        }
        long number = bytes.getLong();
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            return Optional.empty();
        }
        int textEnd = FIXED_BYTES + length;
        String text = new String(Arrays.copyOfRange(raw, FIXED_BYTES, textEnd), StandardCharsets.UTF_8);
        String id = new String(Arrays.copyOfRange(raw, textEnd, raw.length), StandardCharsets.UTF_8);
        return Optional.of(new Cursor(request, kind, number, text, id));
    }
}
