package io.gamestream.local.load;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.load.LoadProgress;
import io.gamestream.schemas.sessions.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The half of a load that goes into Kafka: plays, exactly once for {@code read_committed} readers, however often it is killed
 * and run again.
 *
 * <p>Each transaction holds a batch of plays and the new progress, so one is never there without the other. A run begins by
 * initialising its transactional id, which aborts what a killed run left open and fences a run that still lives; only then
 * it reads the progress and goes on behind it.
 */
public final class ExactlyOnceLoad implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Readers of the topic wait for an open transaction: so long at worst, when a killed load is not run again. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(20);

    private static final int BATCH = 5_000;

    /** What a run did. */
    public record Outcome(long before, long added) {}

    private final KafkaSettings settings;
    private final String load;
    private final Serde<Play> plays;
    private final Serde<LoadProgress> progress;
    private final Admin admin;
    private final KafkaProducer<String, SpecificRecord> producer;

    /**
     * Prepares a load.
     *
     * @param load its name, and its transactional id with {@code load-} before it
     */
    public ExactlyOnceLoad(KafkaSettings settings, RegistrySettings registry, String load) {
        this.settings = settings;
        this.load = load;
        AvroSerdes serdes = new AvroSerdes(registry);
        this.plays = serdes.valueSerde();
        this.progress = serdes.valueSerde();
        this.admin = Admin.create(KafkaClients.admin(settings, "load-" + load + "-admin"));
        Map<String, Object> properties = KafkaClients.producer(settings, "load-" + load);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "load-" + load);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        // A transaction's first batch may have to wait for the end of the one before (CONCURRENT_TRANSACTIONS); batches
        // in
        // flight behind it would each be refused as out of order and be logged as errors by the broker.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Throughput, not latency: a batch is waited for as a whole.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        this.producer =
                new KafkaProducer<>(properties, new StringSerializer(), (topic, value) -> serialize(topic, value));
    }

    /**
     * Finds out early what would stop the load late.
     *
     * @throws LoadException where Kafka can't be reached or a topic is missing
     */
    public void check() {
        try {
            topicId(TopicCatalogue.PLAYS.name());
            topicId(TopicCatalogue.LOAD_PROGRESS.name());
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted before anything was loaded", e);
        }
    }

    /**
     * Loads what is not there yet of the source.
     *
     * @param input tells this input from any other; a load that was begun with another one is refused
     * @throws LoadException with what to do
     */
    public <S> Outcome load(String input, List<S> source, Function<S, Play> toPlay, LoadProgressView view) {
        try {
            String topicId = topicId(TopicCatalogue.PLAYS.name());
            producer.initTransactions();
            LoadProgress start = start(input, topicId);
            PlayTransaction transaction = new PlayTransaction(producer, start);
            int before = (int) start.getRecords();
            view.advance(before);
            for (int from = before; from < source.size(); from += BATCH) {
                List<S> batch = source.subList(from, Math.min(source.size(), from + BATCH));
                transaction.write(batch.stream().map(toPlay).toList());
                view.advance(batch.size());
            }
            return new Outcome(before, source.size() - before);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new LoadException(
                    "another run of this load has begun and goes on with it; this one stops (nothing is lost or doubled)",
                    e);
        } catch (KafkaException | ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted; run the same command again to go on", e);
        }
    }

    /** Counts what is in the topic, by reading it; only plays whose id begins so. */
    public PlayCount count(String idPrefix) {
        try {
            LoadProgress now = new ProgressLog(settings, progress.deserializer())
                    .read(load, admin)
                    .orElseThrow(() -> new LoadException("load " + load + " has not begun"));
            return PlayCount.read(settings, plays.deserializer(), now, idPrefix);
        } catch (KafkaException | ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted while counting the plays", e);
        }
    }

    private LoadProgress start(String input, String topicId) throws ExecutionException, InterruptedException {
        LoadProgress none = LoadProgress.newBuilder()
                .setLoad(load)
                .setInput(input)
                .setTopic(TopicCatalogue.PLAYS.name())
                .setTopicId(topicId)
                .setRecords(0)
                .setWrittenAt(Instant.EPOCH)
                .build();
        // A topic that was deleted and made anew has a new id: what was in it is gone and is loaded again.
        LoadProgress found = new ProgressLog(settings, progress.deserializer())
                .read(load, admin)
                .filter(it -> it.getTopicId().equals(topicId))
                .orElse(none);
        if (!found.getInput().equals(input)) {
            throw new LoadException(
                    "the plays in " + found.getTopic() + " were loaded from another version of the data ("
                            + found.getInput() + ", now " + input
                            + "); loading both would count plays twice. Load the same data, or"
                            + " delete and re-create the topic first");
        }
        return found;
    }

    private String topicId(String topic) throws ExecutionException, InterruptedException {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            return found.topicId().toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new LoadException(
                        "topic " + topic + " is missing in " + settings.bootstrapServers()
                                + " (./backbone topics --apply creates what is missing)",
                        e);
            }
            throw e;
        }
    }

    private LoadException failed(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return new LoadException(
                "Kafka at " + settings.bootstrapServers() + ": " + cause.getMessage()
                        + " (what is committed stays; run the same command again to go on)",
                e);
    }

    private byte[] serialize(String topic, SpecificRecord value) {
        return value instanceof Play play
                ? plays.serializer().serialize(topic, play)
                : progress.serializer().serialize(topic, (LoadProgress) value);
    }

    @Override
    public void close() {
        // Without a wait: whatever matters was committed, and a broker that is away would hold the exit up.
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
        plays.close();
        progress.close();
    }
}
