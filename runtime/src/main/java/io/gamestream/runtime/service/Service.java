package io.gamestream.runtime.service;

import java.util.concurrent.CompletionStage;

/** A started service. {@link #close} stops it cleanly, waits for that within a bound of its own, and may be called twice. */
public interface Service extends AutoCloseable {

    /**
     * Completes exceptionally when the service can't go on, with a message fit for whoever reads standard error; completes
     * normally when it has ended by itself.
     */
    CompletionStage<Void> failure();

    @Override
    void close() throws Exception;
}
