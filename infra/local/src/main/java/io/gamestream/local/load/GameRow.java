package io.gamestream.local.load;

import io.gamestream.schemas.catalog.GpuClass;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code catalog.games} to be.
 *
 * @param priceMinor in minor units of the currency
 * @param ageRating lowest age in years
 */
public record GameRow(
        String id,
        String title,
        @Nullable String description,
        @Nullable String developer,
        @Nullable String publisher,
        List<String> genres,
        long priceMinor,
        String currency,
        @Nullable LocalDate releaseDate,
        @Nullable Integer ageRating,
        GpuClass gpuClass,
        Instant createdAt) {

    public GameRow {
        genres = List.copyOf(genres);
    }
}
