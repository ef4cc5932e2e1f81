package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.CdcSettings.TransactionSettings;
import io.gamestream.cdc.position.Checkpoint;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.kafka.ProducerTransactions;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.cdc.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Rows and positions, in transactions. The transactional id is the slot's, so that a second capture of the slot fences the
 * first one: its next call here throws. Used by one thread at a time.
 */
final class KafkaTransactions implements AutoCloseable {

    private static final byte[] ABORTED = "aborted".getBytes(StandardCharsets.UTF_8);
    private static final Duration BEYOND_DELIVERY = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<Position> positions;
    private final String slot;
    private final String positionTopic;
    private final Duration patience;
    private final TransactionSettings settings;
    private final Map<TopicPartition, Long> written = new ConcurrentHashMap<>();
    private volatile @Nullable Exception failure;
    private boolean open;
    private long openedNanos;
    private int rows;

    private KafkaTransactions(
            KafkaProducer<byte[], byte[]> producer,
            Duration patience,
            TransactionSettings settings,
            Serializer<Position> positions,
            String slot) {
        this.producer = producer;
        this.patience = patience;
        this.settings = settings;
        this.positions = positions;
        this.slot = slot;
        this.positionTopic = TopicCatalogue.POSITIONS.name();
    }

    static KafkaTransactions open(Connections connections, CdcSettings settings) {
        Map<String, Object> properties = properties(connections.kafka(), settings.slot(), settings.transaction());
        Duration delivery = Duration.ofMillis(
                Long.parseLong(String.valueOf(properties.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))));
        return new KafkaTransactions(
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                delivery.plus(BEYOND_DELIVERY),
                settings.transaction(),
                connections.positions().serializer(),
                settings.slot());
    }

    private static Map<String, Object> properties(KafkaSettings kafka, String slot, TransactionSettings settings) {
        Map<String, Object> all = new HashMap<>(KafkaClients.producer(kafka, "cdc-" + slot));
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(slot));
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                settings.timeout().toMillis());
        // We flush at the end of each batch; waiting for more would only add to the latency.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A batch of the engine in one request per broker.
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, 512 * 1024);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
        // A broker that still writes the markers of the last transaction refuses the first request of the next one.
        // Those sent behind it would be refused too, as out of order.
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // That is over within milliseconds; the default waits 100.
        all.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        // Trouble is Supervisor's: a producer that waits for minutes hides it.
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        all.putAll(settings.properties());
        return all;
    }

    static String transactionalId(String slot) {
        return "cdc-" + slot;
    }

    /** Settles what a dead predecessor left open and fences a living one. */
    void start() {
        producer.initTransactions();
    }

    /** What earlier positions covered. */
    void resume(Map<TopicPartition, Long> offsets) {
        written.clear();
        written.putAll(offsets);
    }

    /** Offset of the last record written, by partition; exact after {@link #flush}. */
    Map<TopicPartition, Long> written() {
        return written;
    }

    /**
     * Adds a row.
     *
     * @throws KafkaException where one has failed: a producer without a broker blocks for {@code max.block.ms} at each send and
     *     then only says so to its callback, so that without this a batch of rows would take hours to fail
     */
    @SuppressWarnings("FutureReturnValueIgnored") // onWritten is told the same, without an object per record
    void add(ProducerRecord<byte[], byte[]> row) {
        begin();
        rows++;
        producer.send(row, this::onWritten);
        throwFailure();
    }

    /** Adds a tombstone where the key has been found: a topic that has got more partitions would have it elsewhere. */
    void remove(TopicPartition partition, byte[] key, long timestampMs, List<Header> headers) {
        add(new ProducerRecord<>(partition.topic(), partition.partition(), timestampMs, key, null, headers));
    }

    private void throwFailure() {
        Exception e = failure;
        if (e != null) {
            throw e instanceof KafkaException known ? known : new KafkaException(e);
        }
    }

    private void onWritten(RecordMetadata metadata, @Nullable Exception e) {
        if (e != null) {
            failure = e;
        } else {
            written.merge(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset(), Math::max);
        }
    }

    /** Waits until the broker has everything sent. */
    void flush() {
        if (open) {
            ProducerTransactions.flush(producer, patience);
            throwFailure();
        }
    }

    /** Ends the transaction with the position that its rows lead to. Call {@link #flush} before making it. */
    void commit(Checkpoint checkpoint) {
        begin();
        byte[] key = slot.getBytes(StandardCharsets.UTF_8);
        byte[] value = positions.serialize(positionTopic, checkpoint.toPosition(slot, Instant.now()));
        send(new ProducerRecord<>(positionTopic, 0, key, value));
        ProducerTransactions.commit(producer, patience);
        open = false;
        rows = 0;
    }

    /** What becomes of it, the end of the transaction tells. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    /** Whether it must be ended: the broker aborts what stays open, and readers see nothing behind it until then. */
    boolean isLarge() {
        return rows >= settings.maxRows() || openFor().compareTo(settings.maxAge()) > 0;
    }

    /** Whether something has been written that isn't committed. */
    boolean isOpen() {
        return open;
    }

    private Duration openFor() {
        return open ? Duration.ofNanos(System.nanoTime() - openedNanos) : Duration.ZERO;
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
            openedNanos = System.nanoTime();
        }
    }

    /** Ends with an abort whatever is open in these partitions; nobody who reads what is committed sees anything of it. */
    void abortIn(Collection<TopicPartition> partitions) {
        begin();
        for (TopicPartition partition : partitions) {
            send(new ProducerRecord<>(partition.topic(), partition.partition(), ABORTED, null));
        }
        ProducerTransactions.flush(producer, patience);
        producer.abortTransaction();
        open = false;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    /** What is open is aborted by the broker when the next capture starts, or here where the broker answers. */
    @Override
    public void close() {
        try {
            if (open && failure == null) {
                producer.abortTransaction();
            }
        } catch (KafkaException | IllegalStateException e) {
            // The next capture's initTransactions settles it. IllegalState: a commit has timed out, and may not be
            // aborted.
            open = false;
        } finally {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
