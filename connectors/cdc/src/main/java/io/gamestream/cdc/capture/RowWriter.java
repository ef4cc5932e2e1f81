package io.gamestream.cdc.capture;

import io.gamestream.cdc.mapping.MappingException;
import io.gamestream.cdc.mapping.TableMapping;
import io.gamestream.cdc.mapping.UnmappableException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.source.SourceRecord;

/** Changes into records of the open Kafka transaction. Used by one thread. */
final class RowWriter {

    private final Map<String, Route> routes;
    private final Set<String> ignored;
    private final KafkaTransactions transactions;
    private final Refusals refusals;
    private final ChangeHeaders headers = new ChangeHeaders();

    /** Where the changes of one of the engine's topics go. */
    record Route(TableMapping mapping, String topic) {}

    /** What becomes of changes that can't be written as they are. */
    interface Refusals {

        /** A change that its contract can't take. Returns where the capture goes on. */
        void unmappable(SourceRecord record, Change change, RuntimeException reason);

        /** All rows of a table are gone. */
        void truncated(Route route, Change change);
    }

    /**
     * A writer.
     *
     * @param routes by the engine's topic
     * @param ignored engine topics that nobody reads
     */
    RowWriter(Map<String, Route> routes, Set<String> ignored, KafkaTransactions transactions, Refusals refusals) {
        this.routes = routes;
        this.ignored = ignored;
        this.transactions = transactions;
        this.refusals = refusals;
    }

    /** Whether it was a change of a captured table. */
    boolean write(SourceRecord record) {
        Route route = routes.get(record.topic());
        if (route == null) {
            if (ignored.contains(record.topic())) {
                return false;
            }
            throw new CaptureException("the engine told of a change of " + record.topic()
                    + ", which no configured table is. This is a bug: no change may be passed over");
        }
        Change change = Change.of(record);
        try {
            write(route, change);
        } catch (UnmappableException | MappingException e) {
            refusals.unmappable(record, change, e);
        }
        return true;
    }

    private void write(Route route, Change change) {
        TableMapping mapping = route.mapping;
        switch (change.op()) {
            case 'r', 'c' -> put(route, change, mapping.key(change.row()), mapping.value(change.row()));
            case 'u' -> {
                byte[] key = mapping.key(change.row());
                byte[] value = mapping.value(change.row());
                if (change.before() != null) {
                    byte[] oldKey = mapping.key(change.before());
                    if (!Arrays.equals(key, oldKey)) {
                        remove(route, change, oldKey);
                    }
                }
                put(route, change, key, value);
            }
            case 'd' -> remove(route, change, mapping.key(change.oldRow()));
            case 't' -> refusals.truncated(route, change);
            default -> throw new CaptureException("the engine told of an unknown operation: " + change.op());
        }
    }

    private void put(Route route, Change change, byte[] key, byte[] value) {
        transactions.send(route.topic, key, value, change.sourceMicros() / 1_000, headers(change.op(), change));
    }

    private void remove(Route route, Change change, byte[] key) {
        transactions.send(route.topic, key, null, change.sourceMicros() / 1_000, headers('d', change));
    }

    private List<Header> headers(char op, Change change) {
        return headers.of(op, change.lsn(), change.commitLsn(), change.sourceMicros());
    }
}
