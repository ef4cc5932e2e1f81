package io.gamestream.bench.serving;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.views.GameView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the view of games as the catalog topology would: made-up games, ids 0 to n - 1. */
final class GameViews implements AutoCloseable {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> GENRES = List.of("Action", "Strategy", "Puzzle", "Racing", "Role-playing");

    private final Serde<GameView> serde;
    private final KafkaProducer<String, GameView> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long version;

    GameViews(KafkaSettings kafka, RegistrySettings registry) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "bench-views");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        serde = new AvroSerdes(registry).valueSerde();
        producer = new KafkaProducer<>(properties, new StringSerializer(), serde.serializer());
    }

    /** Writes games 0 to n - 1, and waits until Kafka has them. */
    void seed(int games) {
        for (int i = 0; i < games; i++) {
            write(i, CREATED, System.currentTimeMillis(), () -> {});
        }
        producer.flush();
        check();
    }

    /**
     * Writes a game again, changed at this moment.
     *
     * @param written is told the moment, in epoch ms, when Kafka has it
     */
    void touch(int game, LongConsumer written) {
        check();
        long now = System.currentTimeMillis();
        write(game, Instant.ofEpochMilli(now), now, () -> written.accept(now));
    }

    @Override
    public void close() {
        producer.close();
        serde.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees each failure
    private void write(int number, Instant updatedAt, long millis, Runnable written) {
        GameView game = game(number);
        game.setUpdatedAt(updatedAt);
        game.setVersion(++version);
        producer.send(
                new ProducerRecord<>(TopicCatalogue.GAME_VIEW.name(), null, millis, Integer.toString(number), game),
                (metadata, e) -> {
                    if (e == null) {
                        written.run();
                    } else {
                        failure.set(e);
                    }
                });
    }

    private void check() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("writing views failed", e);
        }
    }

    private static GameView game(int number) {
        return GameView.newBuilder()
                .setId(Integer.toString(number))
                .setTitle("The Long Road to Game Number " + number)
                .setDescription("A game made up for measuring, which nobody will ever play.")
                .setDeveloper("Studio " + number % 997)
                .setPublisher("Publisher " + number % 97)
                .setGenres(List.of(GENRES.get(number % GENRES.size()), GENRES.get((number + 2) % GENRES.size())))
                .setPriceMinor(499 + number % 5_000)
                .setCurrency("EUR")
                .setReleaseDate(LocalDate.of(2000 + number % 26, 1 + number % 12, 1 + number % 28))
                .setAgeRating(12)
                .setGpuClass("STANDARD")
                .setStatus("ACTIVE")
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED)
                .setVersion(1)
                .build();
    }
}
