package io.gamestream.chaos.payments.plan;

import io.gamestream.chaos.kit.Fleet;

/** Whom something is done to; by the names of the services. */
public enum Target implements Fleet.Member {
    GATEWAY("payments-gateway"),
    WORKER("payments-worker"),
    SAGA("payments"),
    CDC("cdc"),
    BROKER("broker");

    private final String service;

    Target(String service) {
        this.service = service;
    }

    @Override
    public String service() {
        return service;
    }
}
