package io.gamestream.topology.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Settings {@code streams}, the same for every application of a process.
 *
 * @param stateDir local stores; one process per directory
 * @param groupProtocol {@code classic} or {@code streams}
 * @param sessionTimeout after which a killed instance loses its partitions
 * @param rocksdbBytes native memory of all stores of the process
 * @param properties passed to Kafka Streams as they are, over everything else
 */
public record StreamsSettings(
        Path stateDir,
        String groupProtocol,
        Duration sessionTimeout,
        long rocksdbBytes,
        Map<String, String> properties) {

    private static final Set<String> PROTOCOLS = Set.of("classic", "streams");
    private static final long LEAST_ROCKSDB_BYTES = 8L << 20;

    public StreamsSettings {
        if (!PROTOCOLS.contains(groupProtocol)) {
            throw new IllegalArgumentException("group-protocol: " + groupProtocol + " (expected: classic or streams)");
        }
        if (sessionTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("session-timeout: " + sessionTimeout + " (expected: >= 1s)");
        }
        if (rocksdbBytes < LEAST_ROCKSDB_BYTES) {
            throw new IllegalArgumentException(
                    "rocksdb-bytes: " + rocksdbBytes + " (expected: >= " + LEAST_ROCKSDB_BYTES + ")");
        }
        properties = Map.copyOf(properties);
    }

    /**
     * Who this process is to its groups, as long as it has its directory: static membership (KIP-345). One that was killed and is
     * back within the session gets its partitions at once, and begins by ending the transaction that it had left open.
     *
     * @throws IllegalArgumentException where the directory can't be made, read or written
     */
    String instanceId() {
        synchronized (StreamsSettings.class) {
            makeStateDir();
            Path file = stateDir.resolve("instance-id");
            try {
                if (!Files.exists(file)) {
                    Path complete = Files.writeString(
                            stateDir.resolve("instance-id.new"),
                            UUID.randomUUID().toString());
                    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
                }
                return UUID.fromString(Files.readString(file).strip()).toString();
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "state-dir: " + file + " (expected: a UUID; without the file, a new one is made): " + e, e);
            }
        }
    }

    /**
     * Makes the directory: of two applications of a process that do so at once, Kafka Streams lets one fail.
     *
     * @throws IllegalArgumentException where it can't be made
     */
    void makeStateDir() {
        try {
            Files.createDirectories(stateDir);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "state-dir: " + stateDir + " (expected: a directory, or one that can be made): " + e, e);
        }
    }
}
