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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/** Fills the view of games with made-up games, ids 0 to n - 1, as the catalog topology would have written them. */
final class GameViewSeeder {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> GENRES = List.of("Action", "Strategy", "Puzzle", "Racing", "Role-playing");

    private GameViewSeeder() {}

    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees each failure
    static void seed(KafkaSettings kafka, RegistrySettings registry, int games) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "bench-seeder");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Serde<GameView> serde = new AvroSerdes(registry).valueSerde();
                KafkaProducer<String, GameView> producer =
                        new KafkaProducer<>(properties, new StringSerializer(), serde.serializer())) {
            for (int i = 0; i < games; i++) {
                producer.send(
                        new ProducerRecord<>(TopicCatalogue.GAME_VIEW.name(), Integer.toString(i), game(i)),
                        (metadata, e) -> {
                            if (e != null) {
                                failure.set(e);
                            }
                        });
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("seeding failed", failure.get());
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
                .setVersion(number + 1L)
                .build();
    }
}
