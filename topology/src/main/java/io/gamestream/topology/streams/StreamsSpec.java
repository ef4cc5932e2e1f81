package io.gamestream.topology.streams;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * One Kafka Streams application.
 *
 * @param applicationId also its consumer group
 * @param topics that must exist before it starts, besides its dead letters
 * @param deadLetters the topic of records that it can't process
 * @param wiring adds the sources, processors and sinks
 */
public record StreamsSpec(
        String applicationId,
        Guarantee guarantee,
        StreamsTuning tuning,
        Set<String> topics,
        String deadLetters,
        Consumer<StreamsBuilder> wiring) {

    public StreamsSpec {
        topics = Set.copyOf(topics);
    }

    /**
     * The topology, with the properties that it is to run with: without them, the checks of names and the processor wrapper
     * are left out in silence.
     */
    public Topology topology(Properties properties) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        wiring.accept(builder);
        return builder.build(properties);
    }

    /** The properties that a test driver or an instance runs with. */
    public Properties properties(Map<String, Object> clientProperties, StreamsSettings settings) {
        return StreamsProperties.of(this, clientProperties, settings);
    }
}
