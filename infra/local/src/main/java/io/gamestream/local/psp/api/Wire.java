package io.gamestream.local.psp.api;

import io.gamestream.local.psp.fault.FaultPlan;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** What becomes of answers on their way: they come late, or never. */
final class Wire {

    private final Vertx vertx;
    private final FaultPlan faults;

    Wire(Vertx vertx, FaultPlan faults) {
        this.vertx = vertx;
        this.faults = faults;
    }

    /** How late an answer is, in ms. */
    long delay(FaultPlan.Drawn drawn) {
        return drawn.latencyMs()
                + switch (drawn.fault()) {
                    case SLOW -> faults.settings().transport().slowMs();
                    case NONE, RATE_LIMIT, TIMEOUT_BEFORE, TIMEOUT_AFTER, ERROR_BEFORE, ERROR_AFTER, STALL_BODY -> 0;
                };
    }

    void after(long ms, Runnable work) {
        if (ms <= 0) {
            work.run();
        } else {
            vertx.setTimer(ms, timer -> work.run());
        }
    }

    /** Answers no further; the connection is cut in the end. */
    void hold(RoutingContext context) {
        after(Math.max(1, faults.settings().transport().holdMs()), () -> {
            if (!context.response().closed()) {
                context.response().reset();
            }
        });
    }
}
