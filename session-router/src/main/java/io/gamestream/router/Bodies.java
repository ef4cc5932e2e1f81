package io.gamestream.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Problem;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.SlotPhase;
import io.gamestream.schemas.sessions.SlotReport;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads requests from JSON. Whatever isn't known here is refused. Pure. */
final class Bodies {

    private static final int MAX_TEXT = 200;
    private static final int MOST_REGIONS = 100;
    private static final int MOST_MEMBERS = 64;
    /** A cell that hears of a token grants under a higher one. */
    private static final long MOST_TOKEN = 1L << 53;

    private static final int MOST_SLOTS = 256;
    private static final int LONGEST_RTT = 60_000;

    private Bodies() {}

    /** The JSON object of a request; an empty one where there is no body. */
    static JsonNode json(RoutingContext context) {
        try {
            Buffer buffer = context.body().buffer();
            JsonNode body = buffer == null || buffer.length() == 0
                    ? Json.MAPPER.createObjectNode()
                    : Json.MAPPER.readTree(buffer.toString());
            if (!body.isObject()) {
                throw Refusals.field("body", "(expected: a JSON object)");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.badBody("The body is no JSON: " + e.getOriginalMessage()));
        }
    }

    /** A request for a session; its id isn't set yet. */
    static TicketCommand.Builder request(JsonNode body, long now) {
        only(body, Set.of("playerId", "gameId", "gpuClass", "tier", "rttMs", "party"));
        String tier = text(body, "tier");
        return TicketCommand.newBuilder()
                .setKind(TicketCommandKind.REQUEST)
                .setPlayerId(required(body, "playerId"))
                .setAt(now)
                .setGameId(required(body, "gameId"))
                .setGpuClass(gpuClass(body))
                .setTier(tier == null ? "" : tier)
                .setRttMs(rtts(body.path("rttMs")))
                .setParty(party(body.path("party")));
    }

    static HostReport report(String hostId, JsonNode body) {
        only(body, Set.of("cellId", "bootId", "seq", "address", "gpuClass", "slots"));
        GpuClass gpu = gpuClass(body);
        if (gpu == null) {
            throw Refusals.field("gpuClass", "missing (expected: " + Arrays.toString(GpuClass.values()) + ")");
        }
        return HostReport.newBuilder()
                .setHostId(hostId)
                .setBootId(required(body, "bootId"))
                .setSeq(number(body, "seq", 1, Long.MAX_VALUE))
                .setAddress(required(body, "address"))
                .setGpuClass(gpu)
                .setSlots(slots(body.path("slots")))
                .build();
    }

    static HostDrain drain(String hostId, JsonNode body) {
        only(body, Set.of("cellId", "evictAfterMs"));
        return HostDrain.newBuilder()
                .setHostId(hostId)
                .setDraining(true)
                .setEvictAfterMs(
                        body.path("evictAfterMs").isMissingNode()
                                ? 0
                                : number(body, "evictAfterMs", 0, Long.MAX_VALUE / 2))
                .build();
    }

    static String required(JsonNode body, String field) {
        String value = text(body, field);
        if (value == null) {
            throw Refusals.field(field, "missing (expected: text)");
        }
        return value;
    }

    static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > MAX_TEXT) {
            throw Refusals.field(field, "(expected: text of 1 to " + MAX_TEXT + " characters)");
        }
        return value.asText();
    }

    private static List<SlotReport> slots(JsonNode slots) {
        if (!slots.isArray() || slots.isEmpty() || slots.size() > MOST_SLOTS) {
            throw Refusals.field("slots", "(expected: 1 to " + MOST_SLOTS + " of {phase, token})");
        }
        List<SlotReport> reports = new ArrayList<>();
        for (JsonNode slot : slots) {
            only(slot, Set.of("phase", "token"));
            reports.add(SlotReport.newBuilder()
                    .setPhase(phase(required(slot, "phase")))
                    .setToken(number(slot, "token", 0, MOST_TOKEN))
                    .build());
        }
        return reports;
    }

    private static SlotPhase phase(String name) {
        return Arrays.stream(SlotPhase.values())
                .filter(phase -> phase != SlotPhase.UNKNOWN && phase.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.field(
                        "phase", name + " (expected: IDLE, STARTING, RUNNING, WAITING, CLEANING or CLEAN_FAILED)"));
    }

    private static @Nullable GpuClass gpuClass(JsonNode body) {
        String name = text(body, "gpuClass");
        if (name == null) {
            return null;
        }
        return Arrays.stream(GpuClass.values())
                .filter(gpu -> gpu.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.field(
                        "gpuClass", name + " (expected: one of " + Arrays.toString(GpuClass.values()) + ")"));
    }

    private static Map<String, Integer> rtts(JsonNode rtts) {
        Map<String, Integer> all = new HashMap<>();
        if (rtts.isMissingNode() || rtts.isNull()) {
            return all;
        }
        if (!rtts.isObject() || rtts.size() > MOST_REGIONS) {
            throw Refusals.field(
                    "rttMs", "(expected: an object of region to milliseconds, at most " + MOST_REGIONS + ")");
        }
        rtts.fieldNames().forEachRemaining(region -> all.put(region, (int) number(rtts, region, 0, LONGEST_RTT)));
        return all;
    }

    private static List<String> party(JsonNode party) {
        Set<String> members = new LinkedHashSet<>();
        if (party.isMissingNode() || party.isNull()) {
            return List.of();
        }
        for (JsonNode member : party) {
            if (!member.isTextual() || member.asText().isBlank() || !members.add(member.asText())) {
                throw Refusals.field("party", member + " (expected: ids of players, each once)");
            }
        }
        if (!party.isArray() || members.size() > MOST_MEMBERS) {
            throw Refusals.field("party", "(expected: at most " + MOST_MEMBERS + " ids of players)");
        }
        return List.copyOf(members);
    }

    private static long number(JsonNode body, String field, long least, long most) {
        JsonNode value = body.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw Refusals.field(field, value + " (expected: a whole number, " + least + " to " + most + ")");
        }
        return value.longValue();
    }

    private static void only(JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw Refusals.field("slots", body + " (expected: an object)");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refusals.field(
                        name, "unknown (known here: " + known.stream().sorted().toList() + ")");
            }
        });
    }
}
