package io.gamestream.serving.sessions;

import io.gamestream.serving.sessions.PresenceTable.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of places ended. It stays good while players come and go: a place is missed or met twice only if its own number
 * changes between two pages.
 */
final class PresenceCursor {

    private static final String VERSION = "1";
    private static final int PARTS = 4;

    private PresenceCursor() {}

    /** Safe in a URL. */
    static String encode(Row row) {
        String text = String.join(
                "\n",
                VERSION,
                Integer.toString(row.presence().players()),
                row.place().region(),
                row.place().gameId());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A row that stands where the page ended; empty for anything that {@link #encode} has not made. */
    static Optional<Row> decode(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", PARTS);
            if (parts.length != PARTS || !parts[0].equals(VERSION)) {
                return Optional.empty();
            }
            Presence players = new Presence(Integer.parseInt(parts[1]), 0, 0, 0);
            return Optional.of(new Row(new Place(parts[2], parts[3]), players));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
