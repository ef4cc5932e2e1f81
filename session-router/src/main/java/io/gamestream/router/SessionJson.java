package io.gamestream.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Words sessions for clients, and for Redis. Pure. */
final class SessionJson {

    private SessionJson() {}

    /**
     * A session as its player sees it.
     *
     * @param at ms since 1970, of the record that told it
     * @param ticket for the host; null where there is no slot
     */
    static ObjectNode session(Assignment assignment, long at, @Nullable String ticket) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("sessionId", assignment.getSessionId());
        json.put("playerId", assignment.getPlayerId());
        json.put("status", status(assignment));
        json.put("gameId", assignment.getGameId());
        json.put("gpuClass", assignment.getGpuClass().name());
        json.put("region", assignment.getRegion());
        json.put("cellId", assignment.getCellId());
        json.put(
                "requestedAt", Instant.ofEpochMilli(assignment.getRequestedAt()).toString());
        if (assignment.getStartedAt() > 0) {
            json.put(
                    "startedAt", Instant.ofEpochMilli(assignment.getStartedAt()).toString());
        }
        if (assignment.getRecovering()) {
            json.put("recovering", true);
        }
        if (assignment.getReason() != null) {
            json.put("reason", assignment.getReason());
        }
        if (assignment.getStatus() == SessionStatus.QUEUED) {
            json.put("position", assignment.getPosition());
            if (assignment.getEtaSeconds() >= 0) {
                json.put("etaSeconds", assignment.getEtaSeconds());
            }
        }
        if (assignment.getHostId() != null && assignment.getToken() > 0) {
            ObjectNode host = json.putObject("host");
            host.put("id", assignment.getHostId());
            host.put("address", assignment.getHostAddress());
            host.put("slot", assignment.getSlot());
            host.put("token", Long.toString(assignment.getToken()));
            json.put(
                    "leaseUntil",
                    Instant.ofEpochMilli(at + assignment.getValidForMs()).toString());
        }
        if (ticket != null) {
            json.put("ticket", ticket);
        }
        json.put("asOf", Instant.ofEpochMilli(at).toString());
        return json;
    }

    /** A request that the gate has answered. */
    static ObjectNode answered(TicketAnswer answer, long at) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("sessionId", answer.getSessionId());
        json.put("playerId", answer.getPlayerId());
        json.put("status", answer.getOutcome().name());
        if (answer.getDetail() != null) {
            json.put("reason", answer.getDetail());
        }
        json.put("asOf", Instant.ofEpochMilli(at).toString());
        return json;
    }

    /** Accepted, and nothing known of it yet. */
    static ObjectNode pending(String sessionId, String playerId, long at) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("sessionId", sessionId);
        json.put("playerId", playerId);
        json.put("status", "PENDING");
        json.put("asOf", Instant.ofEpochMilli(at).toString());
        return json;
    }

    /** That a cell looks for another one is none of the player's business. */
    private static String status(Assignment assignment) {
        return assignment.getStatus() == SessionStatus.HANDED_BACK
                ? SessionStatus.QUEUED.name()
                : assignment.getStatus().name();
    }
}
