package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import io.gamestream.schemas.views.LibraryView;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps each user's grants and writes the library that follows from them. */
final class LibraryProcessor extends ContextualProcessor<String, LibraryGrant, String, LibraryView> {

    private @Nullable KeyValueStore<String, UserLibrary> libraries;

    @Override
    public void init(ProcessorContext<String, LibraryView> context) {
        super.init(context);
        libraries = context.getStateStore(SalesTopology.Names.LIBRARIES);
    }

    @Override
    public void process(Record<String, LibraryGrant> grant) {
        KeyValueStore<String, UserLibrary> store = Objects.requireNonNull(libraries);
        UserLibrary library = LibraryRules.fold(store.get(grant.key()), grant.value());
        store.put(grant.key(), library);
        context().forward(grant.withValue(LibraryRules.view(grant.key(), library)));
    }
}
