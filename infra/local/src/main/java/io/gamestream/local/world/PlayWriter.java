package io.gamestream.local.world;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.sessions.Play;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes plays as they happen. A broker that is away for some minutes loses none: they wait in the producer. */
final class PlayWriter implements AutoCloseable {

    private final Serde<Play> plays;
    private final KafkaProducer<String, Play> producer;
    private final WorldTally tally;

    PlayWriter(KafkaSettings settings, RegistrySettings registry, WorldTally tally) {
        this.tally = tally;
        this.plays = new AvroSerdes(registry).valueSerde();
        Map<String, Object> properties = KafkaClients.producer(settings, "world-plays");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
        // The loop tries again anyway, and must notice that it is to stop.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), plays.serializer());
    }

    /** Hands it over; throws what Kafka or the registry throws where that is impossible now. */
    void write(Play play) {
        Future<RecordMetadata> sent = producer.send(
                new ProducerRecord<>(
                        TopicCatalogue.PLAYS.name(), null, play.getEndedAt().toEpochMilli(), play.getUserId(), play),
                (written, e) -> {
                    if (e == null) {
                        tally.play();
                    } else {
                        tally.error(e);
                    }
                });
        refuseWhatWasRefused(sent);
    }

    /** The producer throws nothing for a broker that is not there: what it returns has failed by then. */
    private static void refuseWhatWasRefused(Future<RecordMetadata> sent) {
        if (!sent.isDone()) {
            return;
        }
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(3));
        plays.close();
    }
}
