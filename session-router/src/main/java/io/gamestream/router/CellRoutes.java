package io.gamestream.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.HttpRoutes;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.Parameters;
import io.gamestream.runtime.http.ProblemException;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.ClearHalt;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** What operators ask of cells. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told to the client
final class CellRoutes {

    private final CellTable cells;
    private final Outgoing kafka;
    private final Clock clock;

    CellRoutes(CellTable cells, Outgoing kafka, Clock clock) {
        this.cells = cells;
        this.kafka = kafka;
        this.clock = clock;
    }

    void addTo(HttpRoutes routes) {
        routes.get("/v1/cells/{id}", context -> Json.send(context.response(), 200, cell(known(context))));
        routes.delete("/v1/cells/{id}/halt", this::clearHalt);
    }

    /** Somebody has looked at the violation, and answers for it: the name goes into the cell's log. */
    private void clearHalt(RoutingContext context) {
        String cellId = known(context).getCellId();
        String operator = Parameters.of(context)
                .text("operator")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> Refusals.field("operator", "missing (expected: who has looked at the violation)"));
        HostSignal signal = HostSignal.newBuilder()
                .setKind(HostSignalKind.CLEAR_HALT)
                .setAt(clock.millis())
                .setCellId(cellId)
                .setClearHalt(ClearHalt.newBuilder().setOperator(operator).build())
                .build();
        Consumer<Runnable> here = Waits.onContextOf(context);
        kafka.signal(cellId, signal)
                .whenComplete((sent, e) -> here.accept(() -> {
                    if (e == null) {
                        Json.send(
                                context.response(),
                                202,
                                Json.MAPPER.createObjectNode().put("cellId", cellId));
                    } else {
                        Refusals.away(context);
                    }
                }));
    }

    private CellCapacity known(RoutingContext context) {
        String cellId = context.pathParam("id");
        return cells.find(cellId).orElseThrow(() -> new ProblemException(Refusals.noSuchCell(cellId)));
    }

    private static ObjectNode cell(CellCapacity cell) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("cellId", cell.getCellId());
        json.put("region", cell.getRegion());
        if (cell.getHalted() != null) {
            json.put("halted", cell.getHalted());
        }
        json.put("hosts", cell.getHosts());
        json.put("hostsReady", cell.getHostsReady());
        ArrayNode classes = json.putArray("classes");
        for (ClassCapacity one : cell.getClasses()) {
            classes.addObject()
                    .put("gpuClass", one.getGpuClass().name())
                    .put("slots", one.getSlots())
                    .put("usable", one.getUsable())
                    .put("free", one.getFree())
                    .put("live", one.getLive())
                    .put("queued", one.getQueued());
        }
        json.put("asOf", Instant.ofEpochMilli(cell.getAt()).toString());
        return json;
    }
}
