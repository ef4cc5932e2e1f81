package io.gamestream.serving.view;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;

/**
 * What Kafka Streams sees of a {@link ViewTable}: a store in memory, restored from the view's own topic record by record with
 * offsets and headers, which the public restore callbacks leave out.
 */
final class ViewStore implements StateStore {

    private final View view;
    private final ViewRegistry registry;
    private final ViewWriter writer;
    private volatile boolean open;
    private volatile ViewTable table;

    ViewStore(View view, ViewRegistry registry, ViewWriter writer) {
        this.view = view;
        this.registry = registry;
        this.writer = writer;
        this.table = registry.table(view, 0);
    }

    static String name(View view) {
        return "view-" + view.label();
    }

    @Override
    public String name() {
        return name(view);
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        table = registry.table(view, context.taskId().partition());
        RecordBatchingStateRestoreCallback restore = this::restore;
        context.register(root, restore);
        table.open();
        open = true;
    }

    /** The table that this task writes. */
    ViewTable table() {
        return table;
    }

    /** What this task writes it with. */
    ViewWriter writer() {
        return writer;
    }

    private void restore(Collection<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            writer.restore(table, record);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            table.release();
            writer.close();
        }
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    @SuppressWarnings("deprecation") // must be answered until it is removed
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
