package io.gamestream.cdc.capture;

import io.gamestream.cdc.mapping.OutboxMapping;
import io.gamestream.cdc.mapping.UnmappableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Inserted rows of an outbox as events. That a row is deleted afterwards is how an outbox is kept small. */
record OutboxSink(OutboxMapping mapping) implements ChangeSink {

    @Override
    public String table() {
        return mapping.table();
    }

    @Override
    public String topic() {
        return "the topics of its routes";
    }

    @Override
    public void write(Change change, Emitter out) {
        switch (change.op()) {
            case 'r', 'c' -> {
                OutboxMapping.Event event = mapping.event(change.row());
                out.put(
                        event.topic,
                        event.key,
                        event.value,
                        change,
                        List.of(text("event-id", event.id), text("event-type", event.type)));
            }
            case 'u' ->
                throw new UnmappableException(
                        "outbox " + table()
                                + ": a row was updated (expected: rows are only inserted and deleted; an event can't be unsent)");
            default -> {}
        }
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
