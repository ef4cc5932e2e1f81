package io.gamestream.serving.testing;

import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** View records as the catalog topology writes them. */
public final class ViewSamples {

    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");

    private ViewSamples() {}

    public static UserView user(String id, long version) {
        return UserView.newBuilder()
                .setId(id)
                .setHandle("player-" + id)
                .setCountry("DE")
                .setRegion("eu-central")
                .setTier("premium")
                .setStatus("active")
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED.plusSeconds(version))
                .setVersion(version)
                .build();
    }

    public static GameView game(String id, String title, long priceMinor, long version) {
        return GameView.newBuilder()
                .setId(id)
                .setTitle(title)
                .setDescription("All about " + title + ", as told in its shop")
                .setDeveloper("Studio Ümlaut")
                .setPublisher(null)
                .setGenres(List.of("rpg", "open-world"))
                .setPriceMinor(priceMinor)
                .setCurrency("EUR")
                .setReleaseDate(LocalDate.of(2011, 11, 11))
                .setAgeRating(16)
                .setGpuClass("g2")
                .setStatus("active")
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED.plusSeconds(version))
                .setVersion(version)
                .build();
    }

    public static OrderView order(String id, String userId, long version) {
        return OrderView.newBuilder()
                .setId(id)
                .setUserId(userId)
                .setStatus("paid")
                .setLines(List.of(new OrderViewLine("g-1", 1, 5999L), new OrderViewLine("g-2", 2, 1000L)))
                .setTotalMinor(7999)
                .setCurrency("EUR")
                .setPlacedAt(CREATED)
                .setUpdatedAt(CREATED)
                .setVersion(version)
                .build();
    }

    public static SalesView sales(String gameId, long units, long version) {
        return new SalesView(gameId, units, units, Map.of("USD", 10L * units, "EUR", 5999 * units), version);
    }

    /** Games {@code g-1} to {@code g-n}, the last acquired last. */
    public static LibraryView library(String userId, int games, long version) {
        List<LibraryItem> items = new ArrayList<>();
        for (int i = games; i >= 1; i--) {
            items.add(new LibraryItem("g-" + i, "o-" + i, CREATED.plusSeconds(i)));
        }
        return new LibraryView(userId, items, version);
    }
}
