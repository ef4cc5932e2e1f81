package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the task would have in its stores: as bytes, so that a row that changes unsaid is not seen. */
final class RowStore {

    private final Map<String, ByteBuffer> hosts = new TreeMap<>();
    private final Map<String, ByteBuffer> tickets = new HashMap<>();
    private ByteBuffer cell;
    private String policy = "";

    RowStore(Cell cell) {
        this.cell = bytes(cell.row());
    }

    void write(Cell of, CellDecision decision) {
        decision.hosts()
                .forEach((id, row) -> row.ifPresentOrElse(host -> hosts.put(id, bytes(host)), () -> hosts.remove(id)));
        decision.tickets()
                .forEach((id, row) ->
                        row.ifPresentOrElse(ticket -> tickets.put(id, bytes(ticket)), () -> tickets.remove(id)));
        if (decision.cellChanged()) {
            cell = bytes(of.row());
        }
        if (decision.policyChanged()) {
            policy = of.policyText();
        }
    }

    Cell load() {
        try {
            List<HostRow> hostRows = hosts.values().stream()
                    .map(bytes -> read(() -> HostRow.getDecoder().decode(bytes.duplicate())))
                    .toList();
            List<TicketRow> ticketRows = tickets.values().stream()
                    .map(bytes -> read(() -> TicketRow.getDecoder().decode(bytes.duplicate())))
                    .toList();
            return Cell.load(Cells.REGION, CellRow.getDecoder().decode(cell.duplicate()), policy, hostRows, ticketRows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(CellRow row) {
        return read(row::toByteBuffer);
    }

    private static ByteBuffer bytes(HostRow row) {
        return read(row::toByteBuffer);
    }

    private static ByteBuffer bytes(TicketRow row) {
        return read(row::toByteBuffer);
    }
}
