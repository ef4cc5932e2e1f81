package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of a task's cells: keys are {@code cell id}, or {@code cell id|id}. */
record CellStores(
        KeyValueStore<String, HostRow> hosts,
        KeyValueStore<String, TicketRow> tickets,
        KeyValueStore<String, CellRow> cells,
        KeyValueStore<String, String> policies) {

    /** The cell as it was kept; an empty one where it wasn't. */
    Cell load(CellSettings settings) {
        CellRow row = cells.get(settings.id());
        if (row == null) {
            return Cell.empty(settings.id(), settings.region());
        }
        String policy = policies.get(settings.id());
        return Cell.load(
                settings.region(),
                row,
                policy == null ? "" : policy,
                all(hosts, settings.id()),
                all(tickets, settings.id()));
    }

    /** Keeps what a decision has changed. */
    void write(Cell cell, CellDecision decision) {
        decision.hosts()
                .forEach((id, row) ->
                        row.ifPresentOrElse(host -> hosts.put(key(cell, id), host), () -> hosts.delete(key(cell, id))));
        decision.tickets()
                .forEach((id, row) -> row.ifPresentOrElse(
                        ticket -> tickets.put(key(cell, id), ticket), () -> tickets.delete(key(cell, id))));
        if (decision.cellChanged()) {
            cells.put(cell.id(), cell.row());
        }
        if (decision.policyChanged()) {
            policies.put(cell.id(), cell.policyText());
        }
    }

    private static String key(Cell cell, String id) {
        return cell.id() + "|" + id;
    }

    private static <R> List<R> all(KeyValueStore<String, R> store, String cellId) {
        List<R> rows = new ArrayList<>();
        try (KeyValueIterator<String, R> entries = store.prefixScan(cellId + "|", new StringSerializer())) {
            entries.forEachRemaining(entry -> rows.add(entry.value));
        }
        return rows;
    }
}
