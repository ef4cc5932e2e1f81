package io.gamestream.topology.session;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.topology.streams.BinaryAvroSerde;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.SuppliedProcessor;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * Heartbeats to what cells need to know of hosts, at least once:
 *
 * <pre>
 * host-signals -> detector [session-watches] -> cell-inbox
 * </pre>
 */
public final class DetectorTopology {

    /** Names of the application, its nodes and stores. */
    static final class Names {

        static final String APPLICATION = "sessions-detector";
        static final String DETECTOR = "detector";
        static final String WATCHES = "session-watches";

        private Names() {}
    }

    private DetectorTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, SessionConfig config) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.AT_LEAST_ONCE,
                config.detection(),
                Set.of(SessionTopics.HOST_SIGNALS.name(), SessionTopics.CELL_INBOX.name()),
                TopicCatalogue.SESSIONS_DEAD_LETTERS.name(),
                builder -> wire(builder, serdes, config));
    }

    private static void wire(StreamsBuilder builder, AvroSerdes serdes, SessionConfig config) {
        StreamPartitioner<String, CellRecord> partitioner =
                (topic, cellId, record, partitions) -> Optional.of(Set.of(config.partitionOf(cellId)));
        builder.stream(
                        SessionTopics.HOST_SIGNALS.name(),
                        Consumed.with(Serdes.String(), serdes.valueSerde(HostSignal.class))
                                .withName("host-signals-in"))
                .process(
                        SuppliedProcessor.of(
                                () -> new WatchProcessor(config),
                                Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(Names.WATCHES),
                                        Serdes.String(),
                                        BinaryAvroSerde.of(HostWatch.getEncoder(), HostWatch.getDecoder()))),
                        Named.as(Names.DETECTOR))
                .to(
                        SessionTopics.CELL_INBOX.name(),
                        Produced.with(Serdes.String(), serdes.valueSerde(CellRecord.class))
                                .withStreamPartitioner(partitioner)
                                .withName("cell-inbox-out"));
    }
}
