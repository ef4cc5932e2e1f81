package io.gamestream.serving.log;

import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.RegistryUnavailableException;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one record after the other whatever comes: waits while the schema registry is away, and passes by what can't be read, so
 * that one bad record does not take down everything behind it.
 */
public final class RecordReader {

    private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);
    private static final long REGISTRY_AGAIN_AFTER_MILLIS = 500;

    private final String name;
    private final Counter unreadable;

    /** What is made of a record. */
    @FunctionalInterface
    public interface Reading<T, E extends Exception> {
        T read() throws E;
    }

    /**
     * A reader.
     *
     * @param name of who reads, for the log
     * @param unreadable counts the records that are passed by
     */
    public RecordReader(String name, Counter unreadable) {
        this.name = name;
        this.unreadable = unreadable;
    }

    /**
     * Reads a record; empty where it can't be read, which is logged and counted.
     *
     * @throws RegistryException where the registry refuses us: no record can be read then
     * @throws E which is no fault of the record
     * @throws InterruptedException while the registry was waited for
     */
    public <T, E extends Exception> Optional<T> read(ConsumerRecord<?, ?> record, Reading<T, E> reading)
            throws E, InterruptedException {
        while (true) {
            try {
                return Optional.of(reading.read());
            } catch (RegistryUnavailableException e) {
                // No fault of the record; without its schema nothing behind it can be read either.
                LOG.warn("{}: waits for the schema registry: {}", name, e.getMessage());
                TimeUnit.MILLISECONDS.sleep(REGISTRY_AGAIN_AFTER_MILLIS);
            } catch (RegistryException e) {
                throw e;
            } catch (RuntimeException e) {
                unreadable.increment();
                LOG.error(
                        "{}: {}-{} offset {} can't be read and is passed by: {}",
                        name,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.toString());
                return Optional.empty();
            }
        }
    }
}
