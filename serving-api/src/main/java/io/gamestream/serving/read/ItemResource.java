package io.gamestream.serving.read;

import io.gamestream.serving.view.Entry;
import io.gamestream.serving.view.View;
import io.gamestream.serving.view.ViewRegistry;
import org.jspecify.annotations.Nullable;

/** One item of one view, as it is stored. */
final class ItemResource implements Resource {

    private final View view;
    private final ViewRegistry registry;

    ItemResource(View view, ViewRegistry registry) {
        this.view = view;
        this.registry = registry;
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public @Nullable Found find(ItemKey key) {
        byte[] entry = registry.tableOf(view, key.hash()).find(key.bytes(), key.hash());
        if (entry == null) {
            return null;
        }
        return new Found(
                ETags.of(Entry.version(entry)), asOf -> Bodies.of(asOf, entry, Entry.bodyAt(entry), entry.length));
    }
}
