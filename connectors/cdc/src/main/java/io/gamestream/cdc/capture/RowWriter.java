package io.gamestream.cdc.capture;

import io.gamestream.cdc.mapping.MappingException;
import io.gamestream.cdc.mapping.UnmappableException;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.kafka.connect.source.SourceRecord;

/** Changes into records of the open Kafka transaction, which has them from {@link #flush} on. Used by one thread. */
final class RowWriter {

    private final Map<String, ChangeSink> sinks;
    private final Set<String> ignored;
    private final BiPredicate<String, Change> needless;
    private final Emitter emitter;
    private final Refusals refusals;

    /** What becomes of changes that can't be written as they are. */
    interface Refusals {

        /** A change that its contract can't take. Returns where the capture goes on without it. */
        void unmappable(ChangeSink sink, SourceRecord record, Change change, RuntimeException reason);

        /** All rows of a table are gone. */
        void truncated(ChangeSink sink, Change change);
    }

    /**
     * A writer.
     *
     * @param sinks by the engine's topic
     * @param ignored engine topics that nobody reads
     * @param needless changes of a table that come with its rows, which are read later
     */
    RowWriter(
            Map<String, ChangeSink> sinks,
            Set<String> ignored,
            BiPredicate<String, Change> needless,
            Emitter emitter,
            Refusals refusals) {
        this.sinks = sinks;
        this.ignored = ignored;
        this.needless = needless;
        this.emitter = emitter;
        this.refusals = refusals;
    }

    /** Whether it was a change of a captured table. */
    boolean write(SourceRecord record) {
        ChangeSink sink = sinks.get(record.topic());
        if (sink == null) {
            if (ignored.contains(record.topic())) {
                return false;
            }
            throw new CaptureException("the engine told of a change of " + record.topic()
                    + ", which no configured table is. This is a bug: no change may be passed over");
        }
        Change change = Change.of(record);
        if (needless.test(sink.table(), change)) {
            return false;
        }
        if (change.op() == 't') {
            emitter.flush();
            refusals.truncated(sink, change);
            return true;
        }
        try {
            sink.write(change, emitter);
        } catch (UnmappableException | MappingException e) {
            refusals.unmappable(sink, record, change, e);
        }
        return true;
    }

    /** Puts what has been written since the last call into the Kafka transaction. */
    void flush() {
        emitter.flush();
    }

    /** Forgets it. */
    void discard() {
        emitter.discard();
    }
}
