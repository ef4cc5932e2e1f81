package io.gamestream.chaos.cdc.script;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows with everything in them that a text protocol could trip over. */
final class RowMaker {

    private static final Instant FIRST = Instant.parse("2019-12-31T23:59:59.999999Z");
    private static final List<String> WORDS = List.of(
            "Fjord",
            "naïve",
            "\"quoted\"",
            "back\\slash",
            "tab\there",
            "new\nline",
            "\\N",
            "{brace}",
            "a,b",
            "影",
            "🎮",
            "'");
    private static final List<String> GENRES =
            List.of("RPG", "Action", "co-op", "\"Indie\"", "Sim, city", "NULL", "ümlaut", "");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";

    private final SplittableRandom random;

    RowMaker(SplittableRandom random) {
        this.random = random;
    }

    GameRow fresh(String id, long seq) {
        Instant at = instant();
        return new GameRow(
                id,
                seq,
                title(),
                description(),
                random.nextInt(3) == 0 ? null : words(1),
                random.nextInt(3) == 0 ? null : words(2),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> any(GENRES)).toList(),
                any(List.of("EUR", "USD", "JPY")),
                random.nextInt(4) == 0 ? null : LocalDate.ofEpochDay(random.nextInt(-8_000, 22_000)),
                random.nextInt(3) == 0 ? null : (Integer) random.nextInt(19),
                any(List.of("STANDARD", "PERFORMANCE", "ULTRA")),
                "ACTIVE",
                at,
                at);
    }

    /** As an UPDATE leaves it: the columns that updates set are new, the description only on demand, the rest is kept. */
    GameRow changed(GameRow row, String id, long seq, boolean withDescription) {
        return new GameRow(
                id,
                seq,
                title(),
                withDescription ? description() : row.description(),
                row.developer(),
                row.publisher(),
                row.genres(),
                row.currency(),
                row.releaseDate(),
                random.nextInt(3) == 0 ? null : (Integer) random.nextInt(19),
                row.gpuClass(),
                any(List.of("ACTIVE", "WITHDRAWN")),
                row.createdAt(),
                instant());
    }

    private String title() {
        return words(random.nextInt(1, 5));
    }

    /** One in eight is stored out of line: above 2 kB, and too random to be compressed below that. */
    private @Nullable String description() {
        int kind = random.nextInt(8);
        return switch (kind) {
            case 0 -> noise(random.nextInt(3_000, 9_000));
            case 1, 2 -> null;
            case 3 -> "";
            default -> words(random.nextInt(1, 20));
        };
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder(any(WORDS));
        for (int i = 1; i < count; i++) {
            text.append(' ').append(any(WORDS));
        }
        return text.append(' ').append(random.nextInt(1_000_000)).toString();
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private Instant instant() {
        return FIRST.plus(random.nextLong(200_000_000_000_000L), ChronoUnit.MICROS);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
