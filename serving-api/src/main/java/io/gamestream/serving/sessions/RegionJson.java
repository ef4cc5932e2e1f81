package io.gamestream.serving.sessions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.serving.render.JsonMembers;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Regions as {@code /v1/regions} and {@code /v1/regions/{id}/capacity} answer them: the members, without the opening brace. Pure. */
final class RegionJson {

    private RegionJson() {}

    static byte[] list(Map<String, Collection<CellCapacity>> regions) {
        return JsonMembers.of(json -> {
            json.writeArrayFieldStart("items");
            for (Map.Entry<String, Collection<CellCapacity>> region : regions.entrySet()) {
                json.writeStartObject();
                json.writeStringField("region", region.getKey());
                json.writeNumberField("cells", region.getValue().size());
                hosts(json, region.getValue());
                Totals.of(region.getValue()).write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static byte[] capacity(String region, List<CellCapacity> cells) {
        return JsonMembers.of(json -> {
            json.writeStringField("region", region);
            hosts(json, cells);
            Totals.of(cells).write(json);
            json.writeArrayFieldStart("cells");
            for (CellCapacity cell : cells) {
                cell(json, cell);
            }
            json.writeEndArray();
        });
    }

    private static void cell(JsonGenerator json, CellCapacity cell) throws IOException {
        json.writeStartObject();
        json.writeStringField("cellId", cell.getCellId());
        json.writeStringField("at", Instant.ofEpochMilli(cell.getAt()).toString());
        hosts(json, List.of(cell));
        json.writeStringField("halted", cell.getHalted());
        if (cell.getEtaErrorMedianPercent() < 0) {
            json.writeNullField("etaErrorMedianPercent");
        } else {
            json.writeNumberField("etaErrorMedianPercent", cell.getEtaErrorMedianPercent());
        }
        json.writeArrayFieldStart("classes");
        for (ClassCapacity capacity : cell.getClasses()) {
            json.writeStartObject();
            json.writeStringField("gpuClass", capacity.getGpuClass().name());
            Totals.of(capacity).write(json);
            json.writeNumberField("reserve", capacity.getReserve());
            json.writeNumberField("priceMs", capacity.getPriceMs());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void hosts(JsonGenerator json, Collection<CellCapacity> cells) throws IOException {
        json.writeNumberField(
                "hosts", cells.stream().mapToLong(CellCapacity::getHosts).sum());
        json.writeNumberField(
                "hostsReady",
                cells.stream().mapToLong(CellCapacity::getHostsReady).sum());
        json.writeNumberField(
                "drainableHosts",
                cells.stream().mapToLong(CellCapacity::getDrainableHosts).sum());
    }
}
