package io.gamestream.topology.streams;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/**
 * One Kafka Streams application.
 *
 * @param applicationId also its consumer group
 * @param topics that must exist before it starts, besides its dead letters
 * @param deadLetters the topic of records that it can't process
 * @param topology built with the application's final properties
 */
public record StreamsSpec(
        String applicationId,
        Guarantee guarantee,
        StreamsTuning tuning,
        Set<String> topics,
        String deadLetters,
        Function<Properties, Topology> topology) {

    public StreamsSpec {
        topics = Set.copyOf(topics);
    }

    /** The properties that a test driver or an instance runs with. */
    public Properties properties(Map<String, Object> clientProperties, StreamsSettings settings) {
        return StreamsProperties.of(this, clientProperties, settings);
    }
}
