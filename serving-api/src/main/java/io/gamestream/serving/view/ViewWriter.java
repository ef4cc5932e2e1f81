package io.gamestream.serving.view;

import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import io.gamestream.serving.log.DeleteVersion;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a record of a view topic to an entry of its table: decodes, renders the body once for all readers, and finds the
 * version. A record that can't be read is set aside by the topology's dead letters; it never takes the view down.
 */
final class ViewWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewWriter.class);

    /** Below {@code max.poll.interval.ms}; a registry that is away for longer stops the thread, which starts again. */
    private static final long WAIT_FOR_REGISTRY_NANOS = 60_000_000_000L;

    private static final long RETRY_NANOS = 500_000_000L;

    private final View view;
    private final Deserializer<? extends SpecificRecord> values;
    private final ViewBody body;

    ViewWriter(View view, Deserializer<? extends SpecificRecord> values) {
        this.view = view;
        this.values = values;
        this.body = ViewBody.of(view);
    }

    /** While the view is loaded; the record was set aside when it was first processed, so here it is only passed by. */
    void restore(ViewTable table, ConsumerRecord<byte[], byte[]> record) {
        try {
            apply(table, record.offset(), record.key(), record.value(), record.headers(), record.timestamp());
        } catch (RegistryUnavailableException | RegistryException e) {
            // No fault of the record.
            throw e;
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}-{} offset {} can't be read and is passed by: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
            table.skip(record.offset());
        }
    }

    /**
     * Applies a record.
     *
     * @throws RuntimeException for a record that can't be read; it counts as applied then
     */
    void process(ViewTable table, Record<byte[], byte[]> record, long offset) {
        try {
            apply(table, offset, record.key(), record.value(), record.headers(), record.timestamp());
        } catch (RegistryUnavailableException | RegistryException e) {
            // No fault of the record.
            throw e;
        } catch (RuntimeException e) {
            table.skip(offset);
            throw e;
        }
    }

    @Override
    public void close() {
        values.close();
    }

    private void apply(
            ViewTable table,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            long timestamp) {
        if (key == null || key.length > Entry.MAX_KEY_BYTES) {
            throw new SerializationException(view.topic() + " offset " + offset
                    + ": key is missing or too long (expected: an id of at most " + Entry.MAX_KEY_BYTES + " bytes)");
        }
        if (value == null) {
            Long version = DeleteVersion.of(headers);
            table.apply(offset, key, version == null ? -1 : version, timestamp, null);
            return;
        }
        SpecificRecord decoded = decode(headers, value);
        table.apply(offset, key, body.version(decoded), timestamp, body.render(decoded));
    }

    /** A registry that is away is no fault of the record: wait for it. */
    private SpecificRecord decode(Headers headers, byte[] value) {
        long giveUpAt = System.nanoTime() + WAIT_FOR_REGISTRY_NANOS;
        while (true) {
            try {
                return values.deserialize(view.topic(), headers, value);
            } catch (RegistryUnavailableException e) {
                if (System.nanoTime() - giveUpAt > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn("view {} waits for the schema registry: {}", view.label(), e.getMessage());
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
