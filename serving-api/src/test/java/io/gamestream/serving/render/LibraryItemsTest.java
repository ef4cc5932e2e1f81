package io.gamestream.serving.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.serving.render.LibraryItems.Item;
import io.gamestream.serving.render.LibraryItems.Page;
import io.gamestream.serving.testing.ViewSamples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class LibraryItemsTest {

    @Property(tries = 200)
    void pagesGiveEveryItemOnceNewestFirst(
            @ForAll @Size(max = 40) @UniqueElements List<@AlphaChars @StringLength(min = 1, max = 5) String> games,
            @ForAll @IntRange(min = 1, max = 7) int limit) {
        List<LibraryItem> owned = new ArrayList<>();
        for (String game : games) {
            // Few moments, so that several games share one.
            owned.add(new LibraryItem(game, "o-" + game, Instant.ofEpochSecond(game.length())));
        }
        byte[] encoded = LibraryItems.encode(new LibraryView("u", owned, 1L));
        List<Item> seen = new ArrayList<>();
        LibraryCursor after = LibraryCursor.START;
        boolean more = true;
        while (more) {
            Page page = LibraryItems.page(encoded, 0, after, limit);
            assertThat(page.total()).isEqualTo(games.size());
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            seen.addAll(page.items());
            more = page.more();
            after = more ? LibraryCursor.after(seen.get(seen.size() - 1)) : after;
        }
        assertThat(seen.stream().map(Item::gameId)).containsExactlyInAnyOrderElementsOf(games);
        assertThat(seen).isSorted();
    }

    @Test
    void aCursorOutlivesItsGame() {
        byte[] all = LibraryItems.encode(ViewSamples.library("u", 5, 1));
        LibraryCursor after = LibraryCursor.after(
                LibraryItems.page(all, 0, LibraryCursor.START, 2).items().get(1));
        LibraryView without = ViewSamples.library("u", 5, 2);
        without.getItems().removeIf(item -> item.getGameId().equals("g-4"));
        Page next = LibraryItems.page(LibraryItems.encode(without), 0, after, 2);
        assertThat(next.items().stream().map(Item::gameId)).containsExactly("g-3", "g-2");
    }

    @Test
    void anEmptyLibraryIsNotADeletedOne() {
        assertThat(LibraryItems.encode(ViewSamples.library("u", 0, 1))).isNotEmpty();
    }

    @Property
    void aCursorSurvivesItsText(@ForAll long micros, @ForAll @StringLength(min = 1, max = 60) String id) {
        LibraryCursor cursor = new LibraryCursor(micros, id);
        if (id.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            assertThat(LibraryCursor.decode(cursor.encode())).contains(cursor);
        }
    }

    @Property
    void anyOtherTextIsRefused(@ForAll String text) {
        LibraryCursor.decode(text)
                .ifPresent(cursor -> assertThat(cursor.encode()).isEqualTo(text));
    }

    @Test
    void malformedCursorsAreRefused() {
        HashSet<String> refused = new HashSet<>(List.of("", "x", "!!!", "AQ", "A".repeat(1000)));
        String good = new LibraryCursor(5, "g").encode();
        refused.add(good + "=");
        refused.add(good.substring(0, good.length() - 2));
        refused.add("Ag" + good.substring(2));
        assertThat(refused)
                .allSatisfy(text -> assertThat(LibraryCursor.decode(text)).isEmpty());
    }
}
