package io.gamestream.chaos.payments.plan;

/** Whom something is done to; by the names of the services. */
public enum Target {
    GATEWAY("payments-gateway"),
    WORKER("payments-worker"),
    SAGA("payments"),
    CDC("cdc"),
    BROKER("broker");

    private final String service;

    Target(String service) {
        this.service = service;
    }

    public String service() {
        return service;
    }
}
