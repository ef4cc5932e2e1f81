package io.gamestream.chaos.sessions.plan;

import io.gamestream.chaos.kit.Fleet;
import java.util.Arrays;
import java.util.List;

/** The processes of a run: gate, cells and detector twice, the router twice. */
public enum Target implements Fleet.Member {
    SESSIONS("sessions", "sessions"),
    SESSIONS_2("sessions", "sessions-2"),
    ROUTER("session-router", "session-router"),
    ROUTER_2("session-router", "session-router-2");

    private static final String ALLOCATOR = "sessions";

    private final String service;
    private final String instance;

    Target(String service, String instance) {
        this.service = service;
        this.instance = instance;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String instance() {
        return instance;
    }

    /** Whether it decides; the others only pass on. */
    public boolean allocates() {
        return service.equals(ALLOCATOR);
    }

    public static List<Target> allocators() {
        return Arrays.stream(values()).filter(Target::allocates).toList();
    }
}
