package io.gamestream.serving.changes;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One record of a view's topic, ready to be sent to any number of clients.
 *
 * @param key of the record; null for one that could not be read
 * @param event the {@code event} and {@code data} lines; null where there is nothing to tell, and only the position moves on
 */
record Change(
        int partition,
        long offset,
        @Nullable String key,
        @Nullable Buffer event) {

    /** What it costs to keep it waiting. */
    int bytes() {
        return 64 + (event == null ? 0 : event.length());
    }

    /** The same for a client that does not want it. */
    Change withoutEvent() {
        return event == null ? this : new Change(partition, offset, key, null);
    }
}
