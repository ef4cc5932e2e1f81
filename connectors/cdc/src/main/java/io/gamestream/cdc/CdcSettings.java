package io.gamestream.cdc;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.http.HttpSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings {@code cdc}; each is explained in {@code reference.conf}.
 *
 * @param retryFor how long trouble that may pass is waited out before the capture stops
 * @param pulse how often an idle capture looks whether its position is at the end of the log
 */
public record CdcSettings(
        String slot,
        String publication,
        String signalTable,
        OnUnmappable onUnmappable,
        OnTruncate onTruncate,
        boolean manageReplicaIdentity,
        Allowed createTopics,
        Allowed registerSchemas,
        Duration pulse,
        Duration retryFor,
        EngineSettings engine,
        TransactionSettings transaction,
        List<TableSettings> tables,
        List<OutboxSettings> outbox,
        HttpSettings http) {

    /** What happens to a change that its contract can't take. */
    public enum OnUnmappable {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("dead-letter")
        DEAD_LETTER
    }

    /** What happens when a captured table is truncated. */
    public enum OnTruncate {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("tombstones")
        TOMBSTONES
    }

    /**
     * Settings {@code cdc.engine}.
     *
     * @param properties passed to the engine as they are, last
     */
    public record EngineSettings(
            Duration pollInterval,
            int maxBatchSize,
            int maxQueueSize,
            long maxQueueBytes,
            int threads,
            int snapshotFetchSize,
            int snapshotThreads,
            int incrementalChunkSize,
            Map<String, String> properties) {

        public EngineSettings {
            atLeast("poll-interval", pollInterval.toMillis(), 1);
            atLeast("max-batch-size", maxBatchSize, 1);
            atLeast("max-queue-size", maxQueueSize, maxBatchSize + 1L);
            atLeast("threads", threads, 1);
            atLeast("snapshot-fetch-size", snapshotFetchSize, 1);
            atLeast("snapshot-threads", snapshotThreads, 1);
            atLeast("incremental-chunk-size", incrementalChunkSize, 1);
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Settings {@code cdc.transaction}, of the Kafka transactions.
     *
     * @param properties passed to the producer as they are, last
     */
    public record TransactionSettings(Duration timeout, int maxRows, Map<String, String> properties) {

        public TransactionSettings {
            atLeast("timeout", timeout.toMillis(), 1_000);
            atLeast("max-rows", maxRows, 1);
            properties = Map.copyOf(properties);
        }

        /** A transaction that stays open longer is cut, well before the broker would abort it. */
        public Duration maxAge() {
            return timeout.dividedBy(3);
        }
    }

    /** All tables that are captured. */
    public List<TableName> captured() {
        return Stream.concat(
                        tables.stream().map(TableSettings::table),
                        outbox.stream().map(OutboxSettings::table))
                .toList();
    }

    /** What Postgres accepts as a slot's name, and needs no quotes as a publication's. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public CdcSettings {
        name("slot", slot);
        name("publication", publication);
        atLeast("pulse", pulse.toMillis(), 1);
        if (tables.isEmpty() && outbox.isEmpty()) {
            throw new IllegalArgumentException("tables: [] (expected: at least one)");
        }
        Set<Object> seen = new HashSet<>();
        for (TableSettings table : tables) {
            if (!seen.add(table.table()) || !seen.add(table.topic())) {
                throw new IllegalArgumentException(
                        "tables: " + table.table() + " -> " + table.topic() + " (expected: each table and topic once)");
            }
        }
        for (OutboxSettings table : outbox) {
            if (!seen.add(table.table())) {
                throw new IllegalArgumentException("outbox: " + table.table() + " (expected: each table once)");
            }
        }
        tables = List.copyOf(tables);
        outbox = List.copyOf(outbox);
    }

    private static void name(String setting, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(setting + ": '" + value + "' (expected: " + NAME.pattern() + ")");
        }
    }

    private static void atLeast(String setting, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(setting + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
