package io.gamestream.chaos.cdc.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code catalog.games}, as it is written and as it has to come out of the topic.
 *
 * @param seq kept in {@code price_minor}: rises with every write of the key, also across deletes and rollbacks, so that a
 *     record tells which write it is of
 * @param description large enough to be stored out of line in some rows, which an UPDATE that leaves it alone does not log
 */
public record GameRow(
        String id,
        long seq,
        String title,
        @Nullable String description,
        @Nullable String developer,
        @Nullable String publisher,
        List<String> genres,
        String currency,
        @Nullable LocalDate releaseDate,
        @Nullable Integer ageRating,
        String gpuClass,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    public GameRow {
        if (seq < 1) {
            throw new IllegalArgumentException("seq: " + seq + " (expected: >= 1)");
        }
        genres = List.copyOf(genres);
    }

    /** 64 bits over every column: two rows with the same hash are taken for equal. */
    public long hash() {
        MessageDigest digest = sha256();
        add(digest, id);
        add(digest, Long.toString(seq));
        add(digest, title);
        add(digest, description);
        add(digest, developer);
        add(digest, publisher);
        add(digest, Integer.toString(genres.size()));
        genres.forEach(genre -> add(digest, genre));
        add(digest, currency);
        add(digest, releaseDate);
        add(digest, ageRating);
        add(digest, gpuClass);
        add(digest, status);
        add(digest, ChronoUnit.MICROS.between(Instant.EPOCH, createdAt));
        add(digest, ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Length first: neighbours can't trade characters, and nothing is mistaken for null. */
    private static void add(MessageDigest digest, @Nullable Object value) {
        byte[] bytes = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(value == null ? -1 : bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
