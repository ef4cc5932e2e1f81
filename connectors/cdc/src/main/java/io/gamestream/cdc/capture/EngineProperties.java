package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.mapping.Toast;
import io.gamestream.cdc.position.CommittedOffsets;
import io.gamestream.cdc.source.TableName;
import io.gamestream.runtime.connection.PostgresSettings;
import java.util.Collection;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the engine is started with. Each property that isn't a mere address says why it is as it is. */
final class EngineProperties {

    private EngineProperties() {}

    static Properties of(
            CdcSettings settings,
            PostgresSettings postgres,
            String capture,
            Collection<TableName> tables,
            Prepared prepared) {
        Properties p = new Properties();
        p.setProperty("name", settings.slot());
        p.setProperty("topic.prefix", settings.slot());
        p.setProperty("connector.class", CommitMarkingConnector.class.getName());
        p.setProperty("offset.storage", CommittedOffsets.class.getName());
        p.setProperty(CommittedOffsets.CAPTURE, capture);
        source(p, settings, postgres);
        publication(p, settings, prepared.managedPublication());
        tables(p, tables, prepared.signals());
        values(p);
        pace(p, settings.engine());
        failures(p);
        p.putAll(settings.engine().properties());
        return p;
    }

    private static void source(Properties p, CdcSettings settings, PostgresSettings postgres) {
        p.setProperty("database.hostname", postgres.host());
        p.setProperty("database.port", String.valueOf(postgres.port()));
        p.setProperty("database.dbname", postgres.database());
        p.setProperty("database.user", postgres.user());
        p.setProperty("database.password", postgres.password());
        postgres.properties().forEach((name, value) -> p.setProperty("driver." + name, value));
        // The default is a plug-in that has to be installed.
        p.setProperty("plugin.name", "pgoutput");
        p.setProperty("slot.name", settings.slot());
        p.setProperty("snapshot.mode", "initial");
        // Loud where the slot can't go to our position; SlotCheck sees the other direction, which this doesn't.
        p.setProperty("offset.mismatch.strategy", "trust_offset");
        // Of a capture that has just died the database still holds the slot for some moments; the default waits 10 s.
        p.setProperty("slot.retry.delay.ms", "500");
        p.setProperty("slot.max.retries", "60");
    }

    private static void publication(Properties p, CdcSettings settings, boolean managed) {
        p.setProperty("publication.name", settings.publication());
        // The default publishes every table of the database; one that an administrator has made is left as it is.
        p.setProperty("publication.autocreate.mode", managed ? "filtered" : "disabled");
        // A partitioned table is one table to whoever reads it.
        p.setProperty("publish.via.partition.root", "true");
    }

    private static void tables(Properties p, Collection<TableName> tables, @Nullable TableName signals) {
        String included = tables.stream().map(EngineProperties::pattern).collect(Collectors.joining(","));
        p.setProperty("table.include.list", signals == null ? included : included + "," + pattern(signals));
        p.setProperty(
                "snapshot.include.collection.list",
                tables.stream().map(EngineProperties::pattern).collect(Collectors.joining(",")));
        if (signals != null) {
            p.setProperty("signal.data.collection", signals.toString());
            // Otherwise the signal table grows by two rows per chunk.
            p.setProperty("incremental.snapshot.watermarking.strategy", "insert_delete");
            // The only channel whose signals have a place in the stream of changes: others are worked off beside it, by
            // a
            // thread that shares its state.
            p.setProperty("signal.enabled.channels", "source");
            p.setProperty("notification.enabled.channels", "sink");
            p.setProperty("notification.sink.topic.name", SnapshotNotice.TOPIC);
        }
        // Truncations are skipped by default.
        p.setProperty("skipped.operations", "none");
        p.setProperty("message.prefix.include.list", "backbone\\..*");
    }

    /** The table in the engine's lists, which hold regular expressions. */
    static String pattern(TableName table) {
        return (table.schema() + "." + table.table()).replaceAll("[^A-Za-z0-9_]", "\\\\$0");
    }

    /** One form for each type, with nothing lost: see ColumnType and Coercions. */
    private static void values(Properties p) {
        p.setProperty("datatype.propagate.source.type", ".*");
        p.setProperty("decimal.handling.mode", "string");
        p.setProperty("time.precision.mode", "microseconds");
        p.setProperty("interval.handling.mode", "string");
        p.setProperty("binary.handling.mode", "bytes");
        p.setProperty("hstore.handling.mode", "json");
        p.setProperty("unavailable.value.placeholder", Toast.PLACEHOLDER);
        p.setProperty("converters", "moments");
        p.setProperty("moments.type", MomentConverter.class.getName());
        // We make the tombstone ourselves.
        p.setProperty("tombstones.on.delete", "false");
        p.setProperty("extended.headers.enabled", "false");
    }

    private static void pace(Properties p, CdcSettings.EngineSettings engine) {
        p.setProperty("poll.interval.ms", String.valueOf(engine.pollInterval().toMillis()));
        p.setProperty("max.batch.size", String.valueOf(engine.maxBatchSize()));
        p.setProperty("max.queue.size", String.valueOf(engine.maxQueueSize()));
        p.setProperty("max.queue.size.in.bytes", String.valueOf(engine.maxQueueBytes()));
        p.setProperty("record.processing.threads", String.valueOf(engine.threads()));
        p.setProperty("snapshot.fetch.size", String.valueOf(engine.snapshotFetchSize()));
        p.setProperty("snapshot.max.threads", String.valueOf(engine.snapshotThreads()));
        p.setProperty("incremental.snapshot.chunk.size", String.valueOf(engine.incrementalChunkSize()));
        // Quantiles of the engine's own that nobody reads; its collector warns about a full queue for every event.
        p.setProperty("statistics.metrics.enabled", "false");
        // Its heartbeats repeat the last offset. Ours move on: see Pulse.
        p.setProperty("heartbeat.interval.ms", "0");
    }

    private static void failures(Properties p) {
        // The default logs a value that can't be converted and goes on without it.
        p.setProperty("event.converting.failure.handling.mode", "fail");
        p.setProperty("event.processing.failure.handling.mode", "fail");
        // The default retries for ever, inside the engine, with an open Kafka transaction; restarts are Supervisor's.
        p.setProperty("errors.max.retries", "0");
        p.setProperty("executor.shutdown.timeout.ms", "2000");
        p.setProperty("task.management.timeout.ms", "120000");
    }
}
