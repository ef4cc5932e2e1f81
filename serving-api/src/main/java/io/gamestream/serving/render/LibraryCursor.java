package io.gamestream.serving.render;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a library: after one item. Stays valid while games come and go, since it names the item and not its number.
 * Opaque to clients: base64url of a format byte, the item's time and its game id.
 */
public record LibraryCursor(long acquiredAtMicros, String gameId) {

    /** Before everything. */
    public static final LibraryCursor START = new LibraryCursor(Long.MAX_VALUE, "");

    private static final byte FORMAT = 1;
    private static final int HEADER = 9;
    private static final int MAX_CHARS = 400;

    public static LibraryCursor after(LibraryItems.Item item) {
        return new LibraryCursor(item.acquiredAtMicros(), item.gameId());
    }

    boolean isBefore(LibraryItems.Item item) {
        return new LibraryItems.Item(acquiredAtMicros, gameId, "").compareTo(item) < 0;
    }

    public String encode() {
        byte[] id = gameId.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(HEADER + id.length)
                .put(FORMAT)
                .putLong(acquiredAtMicros)
                .put(id)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty for a text that {@link #encode} never gave. */
    public static Optional<LibraryCursor> decode(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() <= HEADER || bytes.get() != FORMAT) {
                return Optional.empty();
            }
            long micros = bytes.getLong();
            String id = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            LibraryCursor cursor = new LibraryCursor(micros, id);
            return cursor.encode().equals(text) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
