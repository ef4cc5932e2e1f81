package io.gamestream.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.HostDrain;
import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What hosts' agents say, and what operators say of hosts. A heartbeat is acknowledged when Kafka has it: that is what extends the
 * lease, whose length the host's cell says: what a cell relies on and what hosts are told is one setting. The answer says what the
 * host is to run, and what to stop. While Kafka is away, heartbeats are taken and kept, and extend nothing: whether the cell hears the
 * host by other ways nobody here can know.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the client
final class HostRoutes {

    private static final int MAX_BODY = 64 * 1024;

    private final SessionTable table;
    private final CellTable cells;
    private final Outgoing kafka;
    private final KeptBeats kept;
    private final HostProbes probes;
    private final BooleanSupplier caughtUp;
    private final Clock clock;

    HostRoutes(
            SessionTable table,
            CellTable cells,
            Outgoing kafka,
            KeptBeats kept,
            HostProbes probes,
            BooleanSupplier caughtUp,
            Clock clock) {
        this.table = table;
        this.cells = cells;
        this.kafka = kafka;
        this.kept = kept;
        this.probes = probes;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        routes.post("/v1/hosts/{id}/heartbeat", MAX_BODY, this::heartbeat);
        routes.post("/v1/hosts/{id}/drain", MAX_BODY, context -> {
            JsonNode body = Bodies.json(context);
            drain(context, cell(context, Bodies.required(body, "cellId")), Bodies.drain(host(context), body));
        });
        routes.delete("/v1/hosts/{id}/drain", context -> {
            String cellId = Optional.ofNullable(context.request().getParam("cellId"))
                    .orElseThrow(() -> Refusals.field("cellId", "missing (expected: the cell of the host)"));
            HostDrain undo = HostDrain.newBuilder()
                    .setHostId(host(context))
                    .setDraining(false)
                    .build();
            drain(context, cell(context, cellId), undo);
        });
    }

    private void heartbeat(RoutingContext context) {
        JsonNode body = Bodies.json(context);
        String cellId = cell(context, Bodies.required(body, "cellId"));
        long leaseMs = leaseMs(context, cellId);
        HostReport report = Bodies.report(host(context), body);
        HostSignal signal = signal(HostSignalKind.HEARTBEAT, report.getHostId())
                .setCellId(cellId)
                .setReport(report)
                .build();
        Consumer<Runnable> here = Waits.onContextOf(context);
        kafka.signal(report.getHostId(), signal)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e == null) {
                        kept.drop(report.getHostId());
                    } else {
                        kept.keep(signal);
                    }
                    probes.heard(report.getHostId(), report.getAddress());
                    Json.send(
                            context.response(),
                            200,
                            e == null ? acknowledgement(report, leaseMs) : wanted(report, false));
                }));
    }

    private void drain(RoutingContext context, String cellId, HostDrain drain) {
        HostSignal signal = signal(HostSignalKind.DRAIN, drain.getHostId())
                .setCellId(cellId)
                .setDrain(drain)
                .build();
        Consumer<Runnable> here = Waits.onContextOf(context);
        kafka.signal(drain.getHostId(), signal)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e == null) {
                        ObjectNode json = Json.MAPPER.createObjectNode();
                        json.put("hostId", drain.getHostId());
                        json.put("draining", drain.getDraining());
                        Json.send(context.response(), 202, json);
                    } else {
                        Refusals.away(context);
                    }
                }));
    }

    private ObjectNode acknowledgement(HostReport report, long leaseMs) {
        ObjectNode json = wanted(report, true);
        json.put("leaseMs", leaseMs);
        return json;
    }

    /** @param renewed where not, a grant that the host hasn't had may have been withdrawn since, and is left out */
    private ObjectNode wanted(HostReport report, boolean renewed) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("renewed", renewed);
        ArrayNode slots = json.putArray("sessions");
        for (Assignment assignment : table.ofHost(report.getHostId(), report.getBootId())) {
            if (!renewed && !hasHad(report, assignment)) {
                continue;
            }
            ObjectNode slot = slots.addObject();
            slot.put("slot", assignment.getSlot());
            slot.put("token", Long.toString(assignment.getToken()));
            slot.put("sessionId", assignment.getSessionId());
            slot.put("playerId", assignment.getPlayerId());
            slot.put("gameId", assignment.getGameId());
        }
        ArrayNode stops = json.putArray("stop");
        for (HostCommand command : table.stops(report.getHostId(), report.getBootId())) {
            ObjectNode stop = stops.addObject();
            stop.put("slot", command.getSlot());
            stop.put("token", Long.toString(command.getToken()));
        }
        return json;
    }

    private static boolean hasHad(HostReport report, Assignment assignment) {
        return assignment.getSlot() < report.getSlots().size()
                && report.getSlots().get(assignment.getSlot()).getToken() >= assignment.getToken();
    }

    private HostSignal.Builder signal(HostSignalKind kind, String hostId) {
        return HostSignal.newBuilder().setKind(kind).setAt(clock.millis()).setHostId(hostId);
    }

    private String cell(RoutingContext context, String cellId) {
        if (cells.find(cellId).isEmpty()) {
            if (!caughtUp.getAsBoolean()) {
                throw Refusals.starting(context);
            }
            throw new ProblemException(Refusals.unknownCell(cellId));
        }
        return cellId;
    }

    /**
     * Of the host's cell. Before everything is read the cell may have told a shorter one since: it is refused rather than told too
     * long a one. The same where the cell is of a version that tells none.
     */
    private long leaseMs(RoutingContext context, String cellId) {
        if (!caughtUp.getAsBoolean()) {
            throw Refusals.starting(context);
        }
        return cells.find(cellId)
                .map(CellCapacity::getLeaseMs)
                .filter(leaseMs -> leaseMs > 0)
                .orElseThrow(() -> Refusals.noLease(context, cellId));
    }

    private static String host(RoutingContext context) {
        String id = context.pathParam("id");
        if (id.isBlank() || id.length() > 200 || id.contains("|") || id.contains("#")) {
            throw Refusals.field("id", id + " (expected: 1 to 200 characters, without | and #)");
        }
        return id;
    }
}
