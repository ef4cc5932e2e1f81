package io.gamestream.local.contracts;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.serde.ConfluentAvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints every game, and then every change of one. The example of docs/consumers.md, which a test holds to this file. */
public final class GamesConsumer {

    private GamesConsumer() {}

    public static void main(String[] args) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", args.length > 0 ? args[0] : "127.0.0.1:29092");
        properties.put("schema.registry.url", args.length > 1 ? args[1] : "http://127.0.0.1:28081/apis/ccompat/v7");
        properties.put("specific.avro.reader", true);
        properties.put("group.id", "games-printer");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("key.deserializer", StringDeserializer.class);
        properties.put("value.deserializer", ConfluentAvroDeserializer.class);
        try (KafkaConsumer<String, Game> consumer = new KafkaConsumer<>(properties)) {
            consumer.subscribe(List.of("catalog.games.v1"));
            while (true) {
                for (ConsumerRecord<String, Game> record : consumer.poll(Duration.ofSeconds(1))) {
                    Game game = record.value();
                    System.out.println(record.key() + ": " + (game == null ? "deleted" : game.getTitle()));
                }
            }
        }
    }
}
