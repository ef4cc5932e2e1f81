package io.gamestream.serving.view;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the stores of one view; caching and change logging make no sense for it. */
final class ViewStoreBuilder implements StoreBuilder<ViewStore> {

    private final View view;
    private final Supplier<ViewStore> stores;

    ViewStoreBuilder(View view, Supplier<ViewStore> stores) {
        this.view = view;
        this.stores = stores;
    }

    @Override
    public ViewStore build() {
        return stores.get();
    }

    @Override
    public String name() {
        return ViewStore.name(view);
    }

    @Override
    public StoreBuilder<ViewStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<ViewStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<ViewStore> withLoggingEnabled(Map<String, String> config) {
        return this;
    }

    @Override
    public StoreBuilder<ViewStore> withLoggingDisabled() {
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return false;
    }
}
