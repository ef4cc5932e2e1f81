package io.gamestream.serving.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.serving.GameTitles;
import io.gamestream.serving.render.LibraryCursor;
import io.gamestream.serving.render.LibraryItems;
import io.gamestream.serving.render.LibraryItems.Item;
import io.gamestream.serving.render.LibraryItems.Page;
import io.gamestream.serving.view.Entry;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's library. Titles are those of the moment: a renamed game is renamed in every library. A user without games
 * has an empty library; only an unknown user has none.
 */
final class LibraryResource implements Resource {

    private static final JsonFactory JSON = new JsonFactory();

    private final ViewRegistry registry;
    private final GameTitles titles;
    private final LibraryCursor after;
    private final int limit;

    LibraryResource(ViewRegistry registry, GameTitles titles, LibraryCursor after, int limit) {
        this.registry = registry;
        this.titles = titles;
        this.after = after;
        this.limit = limit;
    }

    @Override
    public View view() {
        return View.LIBRARY;
    }

    @Override
    public @Nullable Found find(ItemKey key) {
        byte[] entry = registry.tableOf(View.LIBRARY, key.hash()).find(key.bytes(), key.hash());
        if (entry == null) {
            byte[] user = registry.tableOf(View.USERS, key.hash()).find(key.bytes(), key.hash());
            return user == null ? null : found(0, new Page(List.of(), false, 0));
        }
        return found(Entry.version(entry), LibraryItems.page(entry, Entry.bodyAt(entry), after, limit));
    }

    private Found found(long version, Page page) {
        byte[] members = members(page);
        return new Found(
                ETags.of(version, Integer.toUnsignedLong(Arrays.hashCode(members))),
                asOf -> Bodies.of(asOf, members, 0, members.length));
    }

    private byte[] members(Page page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + page.items().size() * 128);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("total", page.total());
            json.writeArrayFieldStart("items");
            for (Item item : page.items()) {
                json.writeStartObject();
                json.writeStringField("gameId", item.gameId());
                json.writeStringField("title", titles.title(item.gameId()));
                json.writeStringField("orderId", item.orderId());
                json.writeStringField("acquiredAt", item.acquiredAt().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            Item last = page.more() ? page.items().get(page.items().size() - 1) : null;
            json.writeStringField(
                    "nextCursor",
                    last == null ? null : LibraryCursor.after(last).encode());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        byte[] object = out.toByteArray();
        return Arrays.copyOfRange(object, 1, object.length);
    }
}
