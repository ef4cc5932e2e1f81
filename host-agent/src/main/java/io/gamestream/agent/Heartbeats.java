package io.gamestream.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.agent.AgentMachine.Acknowledgement;
import io.gamestream.agent.AgentMachine.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of heartbeats. */
public final class Heartbeats {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Heartbeats() {}

    /** The body of a heartbeat. */
    public static String write(HostSettings settings, String bootId, long seq, List<Slot> slots) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("cellId", settings.cellId());
        json.put("bootId", bootId);
        json.put("seq", seq);
        json.put("address", settings.address());
        json.put("gpuClass", settings.gpuClass());
        ArrayNode all = json.putArray("slots");
        slots.forEach(slot -> all.addObject().put("phase", slot.phase().name()).put("token", slot.token()));
        return json.toString();
    }

    /**
     * What a router has answered.
     *
     * @throws IOException where that is no answer to a heartbeat
     */
    public static Acknowledgement read(String answer) throws IOException {
        JsonNode json = MAPPER.readTree(answer);
        boolean renewed = json.path("renewed").asBoolean(true);
        if (renewed && !json.path("leaseMs").canConvertToLong()) {
            throw new IOException("no acknowledgement: " + answer);
        }
        List<WantedSession> sessions = new ArrayList<>();
        json.path("sessions")
                .forEach(session -> sessions.add(new WantedSession(
                        session.path("slot").asInt(-1),
                        session.path("token").asLong(),
                        session.path("sessionId").asText(),
                        session.path("playerId").asText(),
                        session.path("gameId").asText())));
        List<Acknowledgement.Stop> stops = new ArrayList<>();
        json.path("stop")
                .forEach(stop -> stops.add(new Acknowledgement.Stop(
                        stop.path("slot").asInt(-1), stop.path("token").asLong())));
        @Nullable
        Duration lease = renewed ? Duration.ofMillis(json.path("leaseMs").asLong()) : null;
        return new Acknowledgement(lease, sessions, stops);
    }
}
