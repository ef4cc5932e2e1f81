package io.gamestream.local.stack;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Games that may be played and cost nothing, in the catalogue's topic as capture would have them: for stacks without Postgres. */
public final class FreeGames {

    private FreeGames() {}

    /** One of them. */
    public static Game of(String id, GpuClass gpu) {
        return Game.newBuilder()
                .setId(id)
                .setTitle("Game " + id)
                .setPriceMinor(0)
                .setCurrency("EUR")
                .setGpuClass(gpu)
                .setStatus(GameStatus.ACTIVE)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    /**
     * Returns when Kafka has all of them.
     *
     * @throws ExecutionException where it hasn't
     */
    public static void publish(KafkaSettings kafka, RegistrySettings registry, Game... games)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, Game> producer = new KafkaProducer<>(
                KafkaClients.producer(kafka, "free-games"),
                new StringSerializer(),
                new AvroSerdes(registry).valueSerde(Game.class).serializer())) {
            for (Game game : games) {
                producer.send(new ProducerRecord<>(TopicCatalogue.GAMES.name(), game.getId(), game))
                        .get();
            }
        }
    }
}
