package io.gamestream.serving.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.serving.render.JsonMembers;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session as {@code /v1/sessions/{id}} answers it: the members, without the opening brace. Pure. */
final class SessionJson {

    private SessionJson() {}

    /** @param at ms since 1970, of the record */
    static byte[] render(Assignment assignment, long at) {
        boolean queued = status(assignment).equals(SessionStatus.QUEUED.name());
        return JsonMembers.of(json -> {
            json.writeStringField("sessionId", assignment.getSessionId());
            json.writeStringField("playerId", assignment.getPlayerId());
            json.writeStringField("status", status(assignment));
            json.writeStringField("gameId", assignment.getGameId());
            json.writeStringField("gpuClass", assignment.getGpuClass().name());
            json.writeStringField("region", assignment.getRegion());
            json.writeStringField("cellId", assignment.getCellId());
            json.writeStringField("hostId", assignment.getHostId());
            instant(json, "startedAt", assignment.getStartedAt());
            instant(json, "endedAt", assignment.getStatus() == SessionStatus.ENDED ? at : 0);
            played(json, assignment.getPlayedMs());
            json.writeNumberField("moves", assignment.getMoves());
            number(json, "position", queued ? assignment.getPosition() : -1);
            number(json, "etaSeconds", queued ? assignment.getEtaSeconds() : -1);
            json.writeStringField("reason", assignment.getReason());
            instant(json, "changedAt", at);
        });
    }

    /** @param at ms since 1970, of the record */
    static byte[] render(SessionEvent ended, long at) {
        return JsonMembers.of(json -> {
            json.writeStringField("sessionId", ended.getSessionId());
            json.writeStringField("playerId", ended.getPlayerId());
            json.writeStringField("status", SessionStatus.ENDED.name());
            json.writeStringField("gameId", ended.getGameId());
            json.writeStringField("gpuClass", ended.getGpuClass().name());
            json.writeStringField("region", ended.getRegion());
            json.writeStringField("cellId", ended.getCellId());
            json.writeStringField("hostId", ended.getHostId().isEmpty() ? null : ended.getHostId());
            json.writeStringField("startedAt", ended.getStartedAt().toString());
            json.writeStringField(
                    "endedAt",
                    ended.getEndedAt() == null ? null : ended.getEndedAt().toString());
            json.writeNumberField("playedSeconds", ended.getPlayedSeconds());
            json.writeNumberField("playedMinutes", ended.getPlayedMinutes());
            json.writeNumberField("moves", ended.getMoves());
            json.writeNullField("position");
            json.writeNullField("etaSeconds");
            json.writeStringField("reason", ended.getReason());
            instant(json, "changedAt", at);
        });
    }

    /** That a cell looks for another one is none of the reader's business. */
    private static String status(Assignment assignment) {
        return assignment.getStatus() == SessionStatus.HANDED_BACK
                ? SessionStatus.QUEUED.name()
                : assignment.getStatus().name();
    }

    private static void played(JsonGenerator json, long playedMs) throws IOException {
        json.writeNumberField("playedSeconds", playedMs / 1_000);
        json.writeNumberField("playedMinutes", (playedMs + 59_999) / 60_000);
    }

    private static void number(JsonGenerator json, String name, long value) throws IOException {
        if (value < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void instant(JsonGenerator json, String name, long millis) throws IOException {
        @Nullable
        String text = millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
        json.writeStringField(name, text);
    }
}
