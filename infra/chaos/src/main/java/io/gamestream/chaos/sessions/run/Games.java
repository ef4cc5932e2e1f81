package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
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

/** The catalogue, as the gate reads it: what players of the world want, and one game that runs in one cell only. */
final class Games {

    static final int COUNT = 20;

    /** Needs what only the party's cell has. */
    static final String PARTY_GAME = "g-party";

    private static final int BETTER_EVERY = 4;

    private Games() {}

    static void publish(Stage stage) {
        try (KafkaProducer<String, Game> producer = new KafkaProducer<>(
                KafkaClients.producer(stage.kafka(), "chaos"),
                new StringSerializer(),
                stage.serdes().valueSerde(Game.class).serializer())) {
            for (int i = 1; i <= COUNT; i++) {
                send(producer, "g-" + i, i % BETTER_EVERY == 0 ? GpuClass.PERFORMANCE : GpuClass.STANDARD);
            }
            send(producer, PARTY_GAME, GpuClass.ULTRA);
        } catch (ExecutionException e) {
            throw new ChaosException("the games could not be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }

    private static void send(KafkaProducer<String, Game> producer, String id, GpuClass gpu)
            throws ExecutionException, InterruptedException {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Game game = Game.newBuilder()
                .setId(id)
                .setTitle("Game " + id)
                .setPriceMinor(0)
                .setCurrency("EUR")
                .setGpuClass(gpu)
                .setStatus(GameStatus.ACTIVE)
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
        producer.send(new ProducerRecord<>(TopicCatalogue.GAMES.name(), id, game))
                .get();
    }
}
