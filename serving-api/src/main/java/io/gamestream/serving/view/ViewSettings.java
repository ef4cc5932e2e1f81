package io.gamestream.serving.view;

import java.time.Duration;
import java.util.Map;

/**
 * Settings {@code serving.views}.
 *
 * @param applicationId of Kafka Streams, and so the consumer group of all instances
 * @param groupProtocol {@code classic}, or {@code streams} (KIP-1071; standbys are then a setting of the group in the broker)
 * @param advertisedHost under which other instances reach this one; empty: the address that HTTP listens on, which must be one then
 * @param standbyReplicas copies of each partition in other instances
 * @param threads of Kafka Streams
 * @param commitInterval how far standbys are behind, since they follow what the active one has committed
 * @param sessionTimeout after which the partitions of a dead instance go to its standbys; reads do not wait for it
 * @param keepReleased for how long the last content of a partition that has gone to another instance can still be read here
 * @param properties passed to Kafka Streams as they are
 */
public record ViewSettings(
        String applicationId,
        String groupProtocol,
        String advertisedHost,
        int standbyReplicas,
        int threads,
        Duration commitInterval,
        Duration sessionTimeout,
        Duration keepReleased,
        Map<String, String> properties) {

    public ViewSettings {
        if (applicationId.isBlank()) {
            throw new IllegalArgumentException("application-id: '' (expected: a name)");
        }
        if (!groupProtocol.equals("classic") && !groupProtocol.equals("streams")) {
            throw new IllegalArgumentException("group-protocol: " + groupProtocol + " (expected: classic or streams)");
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException("standby-replicas: " + standbyReplicas + " (expected: >= 0)");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
        }
        positive("commit-interval", commitInterval);
        positive("session-timeout", sessionTimeout);
        positive("keep-released", keepReleased);
        properties = Map.copyOf(properties);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
