package io.gamestream.serving;

import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Readiness;
import io.vertx.core.Vertx;

/**
 * One feature of the service, with endpoints of its own: views, search, changes, dashboard. {@link ServingService} mounts all
 * parts, starts them in order, asks them for readiness and closes them in reverse order.
 */
public interface ServingPart extends AutoCloseable {

    /** One word, lower case: names the part in the readiness answer and in the log. */
    String name();

    /** Adds the part's routes; called once, before {@link #start()}. Handlers run on event loops and must not block. */
    void mount(Vertx vertx, HttpRoutes routes);

    /** Starts the part's threads and returns at once; an exception stops the service. */
    void start();

    /** Called by every {@code /readyz}: must be cheap. */
    Readiness.Status status();

    @Override
    void close();
}
