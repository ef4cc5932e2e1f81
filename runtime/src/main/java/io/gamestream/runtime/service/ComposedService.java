package io.gamestream.runtime.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A service made of parts, which are opened one after the other and closed in the opposite order, also where one of them can't
 * be opened. Whatever ends one of them unexpectedly ends the service.
 */
public abstract class ComposedService implements Service {

    private final Closeables parts = new Closeables();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** Opens the parts of a service that has just been made. */
    @FunctionalInterface
    protected interface Opening<S> {
        void open(S service) throws Exception;
    }

    /**
     * Opens it.
     *
     * @throws Exception what the opening throws, after everything opened by then has been closed
     */
    protected static <S extends ComposedService> S open(S service, Opening<S> opening) throws Exception {
        try {
            opening.open(service);
            return service;
        } catch (Throwable e) {
            try {
                service.close();
            } catch (Exception also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    /** Takes over the closing of a part that has just been opened. */
    protected final <T extends AutoCloseable> T part(T opened) {
        return parts.add(opened);
    }

    /** The service can't go on. */
    protected final void fail(Throwable e) {
        failure.completeExceptionally(e);
    }

    @Override
    public final CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public final void close() throws Exception {
        try {
            parts.close();
        } finally {
            failure.complete(null);
        }
    }
}
