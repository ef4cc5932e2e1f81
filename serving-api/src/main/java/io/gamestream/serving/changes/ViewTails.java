package io.gamestream.serving.changes;

import io.gamestream.serving.view.View;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;

/** One tail per view that somebody listens to, started with the first client and stopped some time after the last. */
final class ViewTails implements AutoCloseable {

    private final BiFunction<View, Integer, ViewTail> factory;
    private final Map<View, ViewTail> running = new EnumMap<>(View.class);

    /** @param factory makes a tail that has not started, for a view and its number of partitions */
    ViewTails(BiFunction<View, Integer, ViewTail> factory) {
        this.factory = factory;
    }

    /** The running one, or one that is just being started. */
    synchronized ViewTail of(View view, int partitions) {
        ViewTail tail = running.get(view);
        if (tail == null || tail.isClosed()) {
            tail = factory.apply(view, partitions);
            tail.start();
            running.put(view, tail);
        }
        return tail;
    }

    synchronized void closeIdle(Duration idleAfter) {
        running.values().removeIf(tail -> tail.isClosed() || tail.closeIfIdle(idleAfter));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(ViewTail::close);
        running.clear();
    }
}
