package io.gamestream.runtime.service;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a service has opened, closed in the opposite order; each is closed whatever the others throw. */
public final class Closeables implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Takes over the closing of something that has just been opened. */
    public synchronized <T extends AutoCloseable> T add(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() throws Exception {
        Exception first = null;
        for (AutoCloseable next = opened.poll(); next != null; next = opened.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
