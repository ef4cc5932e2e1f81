package io.gamestream.payments.action;

import io.gamestream.payments.psp.GuardedProvider;
import io.gamestream.payments.psp.RateLimit;
import io.gamestream.payments.psp.StripeProvider;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.metrics.Metrics;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** Where the client of a player learns how to finish a payment: a provider of its own, and the route on top of it. */
public final class ActionDoor implements AutoCloseable {

    private final ActionSettings settings;
    private final Payments payments;
    private final GuardedProvider provider;

    public ActionDoor(ActionSettings settings, Metrics metrics) {
        RateLimit limit = new RateLimit(settings.provider().rate());
        this.settings = settings;
        this.payments = new Payments(settings);
        this.provider = new GuardedProvider(
                new StripeProvider(settings.provider(), limit, InstantSource.system()),
                settings.provider().baseUrl().getHost(),
                settings.provider(),
                limit,
                InstantSource.system());
        provider.bindTo(metrics.registry());
    }

    /** Adds the route. */
    public void addTo(Vertx vertx, HttpRoutes routes) {
        new ActionRoute(vertx, payments, provider, settings.inFlight()).addTo(routes);
    }

    @Override
    public void close() {
        provider.close();
    }
}
