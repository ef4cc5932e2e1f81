package io.gamestream.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A session as Redis has it: what players are shown, and the boot of the host, without which no ticket could be made of it. A
 * router that has not read it from Kafka lets its player come back with it.
 */
final class StoredSession {

    private static final String BOOT = "bootId";

    private StoredSession() {}

    static ObjectNode write(Assignment assignment, long at) {
        ObjectNode json = SessionJson.session(assignment, at, null);
        if (assignment.getBootId() != null) {
            json.put(BOOT, assignment.getBootId());
        }
        return json;
    }

    /** Without what is nobody's business. */
    static ObjectNode shown(ObjectNode stored) {
        ObjectNode json = stored.deepCopy();
        json.remove(BOOT);
        return json;
    }

    /** What was written, older than any news; empty where it isn't that, such as what an earlier version has written. */
    static Optional<Known> read(ObjectNode stored) {
        JsonNode host = stored.path("host");
        try {
            long at = time(stored, "asOf");
            boolean placed = stored.hasNonNull(BOOT) && host.isObject();
            Assignment assignment = Assignment.newBuilder()
                    .setPlayerId(stored.path("playerId").asText())
                    .setSessionId(stored.path("sessionId").asText())
                    .setTicketId(stored.path("sessionId").asText())
                    .setAttempt(0)
                    .setStatus(SessionStatus.valueOf(stored.path("status").asText()))
                    .setCellId(stored.path("cellId").asText())
                    .setRegion(stored.path("region").asText())
                    .setGameId(stored.path("gameId").asText())
                    .setGpuClass(GpuClass.valueOf(stored.path("gpuClass").asText()))
                    .setHostId(placed ? host.path("id").asText() : null)
                    .setHostAddress(placed ? host.path("address").asText() : null)
                    .setBootId(placed ? stored.path(BOOT).asText() : null)
                    .setSlot(placed ? host.path("slot").asInt() : -1)
                    .setToken(placed ? host.path("token").asLong() : 0)
                    .setValidForMs(stored.has("leaseUntil") ? time(stored, "leaseUntil") - at : 0)
                    .setRequestedAt(time(stored, "requestedAt"))
                    .setStartedAt(stored.has("startedAt") ? time(stored, "startedAt") : 0)
                    .build();
            Known known = new Known(assignment.getSessionId(), assignment.getPlayerId(), assignment, null, at, -1, 0);
            return placed || !known.hasSlot() ? Optional.of(known) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static long time(ObjectNode stored, String field) {
        return Instant.parse(stored.path(field).asText()).toEpochMilli();
    }
}
