package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostSignal;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the hosts of one partition. */
final class WatchProcessor extends ContextualProcessor<String, HostSignal, String, CellRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchProcessor.class);

    private final SessionConfig config;
    private final WatchMachine machine;
    private @Nullable KeyValueStore<String, HostWatch> watches;

    WatchProcessor(SessionConfig config) {
        this.config = config;
        this.machine = new WatchMachine(config.detector());
    }

    @Override
    public void init(ProcessorContext<String, CellRecord> context) {
        super.init(context);
        watches = context.getStateStore(DetectorTopology.Names.WATCHES);
        try (KeyValueIterator<String, HostWatch> all = watches.all()) {
            all.forEachRemaining(entry -> machine.load(entry.value));
        }
    }

    @Override
    public void process(Record<String, HostSignal> signal) {
        if (signal.value() == null) {
            throw new BadSessionRecordException("a signal without a value");
        }
        if (signal.value().getCellId() != null) {
            // Refused here, where its sender's record becomes the dead letter.
            config.partitionOf(signal.value().getCellId());
        }
        int silentBefore = machine.massSilence();
        WatchMachine.Decision decision = machine.decide(signal.value());
        tell(silentBefore);
        decision.changed().forEach(row -> Objects.requireNonNull(watches).put(row.getHostId(), row));
        decision.forgotten().forEach(host -> Objects.requireNonNull(watches).delete(host));
        decision.records().forEach(record -> context()
                .forward(signal.withKey(record.getCellId()).withValue(record)));
    }

    /** Whoever listens to the hosts is overloaded or cut off: somebody should look. */
    private void tell(int before) {
        int now = machine.massSilence();
        if (now > 0 && before == 0) {
            LOG.warn(
                    "{} of {} hosts are silent at once: until they are fewer, silence alone makes no host suspect",
                    now,
                    machine.watched());
        } else if (now == 0 && before > 0) {
            LOG.info("most hosts are heard again");
        }
    }
}
