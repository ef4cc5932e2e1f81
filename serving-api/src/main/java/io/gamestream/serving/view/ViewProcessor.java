package io.gamestream.serving.view;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes one view's records into its store. It lives exactly as long as this instance is the active one of a partition. */
final class ViewProcessor implements Processor<byte[], byte[], Void, Void> {

    private final View view;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable ViewStore store;

    ViewProcessor(View view) {
        this.view = view;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        ViewStore mine = Objects.requireNonNull(context.getStateStore(ViewStore.name(view)), view.label());
        mine.table().activate();
        store = mine;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        ViewStore mine = Objects.requireNonNull(store);
        mine.writer().process(mine.table(), record, at.offset());
    }

    @Override
    public void close() {
        if (store != null) {
            store.table().deactivate();
        }
    }
}
