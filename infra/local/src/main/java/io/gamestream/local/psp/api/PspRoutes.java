package io.gamestream.local.psp.api;

import io.gamestream.local.psp.engine.Psp;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.runtime.http.HttpRoutes;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.IntSupplier;

/** Everything that the simulator answers. */
public final class PspRoutes {

    private final Psp psp;
    private final FaultPlan faults;
    private final String apiKey;
    private final FaultSettings given;
    private final IntSupplier pendingDeliveries;
    private final Clock clock;

    /**
     * Routes.
     *
     * @param given the plan of misbehaviour in the settings
     */
    public PspRoutes(
            Psp psp, FaultPlan faults, String apiKey, FaultSettings given, IntSupplier pendingDeliveries, Clock clock) {
        this.psp = psp;
        this.faults = faults;
        this.apiKey = apiKey;
        this.given = given;
        this.pendingDeliveries = pendingDeliveries;
        this.clock = clock;
    }

    public void addTo(Vertx vertx, HttpRoutes routes) {
        Exchanges exchanges = new Exchanges(apiKey, clock.millis());
        // Search is a literal path beside a template, and so comes first.
        Wire wire = new Wire(vertx, faults);
        new ReadRoutes(psp, faults, wire, exchanges).addTo(routes);
        new WriteRoutes(psp, faults, wire, exchanges, clock).addTo(routes);
        new AdminRoutes(psp, faults, given, exchanges, clock, pendingDeliveries).addTo(routes);
    }
}
