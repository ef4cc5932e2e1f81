package io.gamestream.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.StringJoiner;

/** A host's agent that does what a test says. */
final class TestHost {

    private final Client client;
    private final String id;
    private final String cell;
    private final String gpuClass;
    private final String boot = "boot-" + System.nanoTime();
    private final String[] phases;
    private final long[] tokens;
    private long seq;

    TestHost(Client client, String id, String cell, int slots) {
        this(client, id, cell, slots, "STANDARD");
    }

    TestHost(Client client, String id, String cell, int slots, String gpuClass) {
        this.gpuClass = gpuClass;
        this.client = client;
        this.id = id;
        this.cell = cell;
        this.phases = new String[slots];
        this.tokens = new long[slots];
        Arrays.fill(phases, "IDLE");
    }

    Client.Answer beat() {
        StringJoiner slots = new StringJoiner(",", "[", "]");
        for (int i = 0; i < phases.length; i++) {
            slots.add("{\"phase\":\"" + phases[i] + "\",\"token\":" + tokens[i] + "}");
        }
        return client.post(
                "/v1/hosts/" + id + "/heartbeat",
                "{\"cellId\":\"" + cell + "\",\"bootId\":\"" + boot + "\",\"seq\":" + ++seq
                        + ",\"address\":\"127.0.0.1:1\",\"gpuClass\":\"" + gpuClass + "\",\"slots\":" + slots + "}");
    }

    /** Runs the first session that the router wants it to; returns its id. */
    String takeWhatIsWanted() {
        JsonNode wanted = beat().body().path("sessions").get(0);
        int slot = wanted.path("slot").asInt();
        tokens[slot] = Long.parseLong(wanted.path("token").asText());
        phases[slot] = "RUNNING";
        return wanted.path("sessionId").asText();
    }

    void idle() {
        Arrays.fill(phases, "IDLE");
    }
}
