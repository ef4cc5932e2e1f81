package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.check.Observed;
import io.gamestream.chaos.cdc.check.PositionRecord;
import io.gamestream.chaos.cdc.script.Change;
import io.gamestream.chaos.cdc.script.GameRow;
import io.gamestream.chaos.kit.TopicReader;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.cdc.PartitionOffset;
import io.gamestream.schemas.cdc.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What readers see of the capture's work. */
final class GameTopic {

    private static final String GAMES = TopicCatalogue.GAMES.name();
    private static final String POSITIONS = TopicCatalogue.POSITIONS.name();

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    GameTopic(KafkaSettings kafka, RegistrySettings registry) {
        this.kafka = kafka;
        this.serdes = new AvroSerdes(registry);
    }

    /** Every record, by key, as a {@code read_committed} reader that starts at the beginning sees it. */
    Map<String, List<Observed>> rows() {
        Map<String, List<Observed>> byKey = new HashMap<>();
        Deserializer<Game> values = serdes.<Game>valueSerde().deserializer();
        try (values;
                KafkaConsumer<String, Game> consumer = consumer("read_committed", values)) {
            TopicReader.readAll(
                    consumer, GAMES, record -> byKey.computeIfAbsent(record.key(), key -> new ArrayList<>(4))
                            .add(observed(record)));
        }
        return byKey;
    }

    /** Every position, in order. */
    List<PositionRecord> positions() {
        List<PositionRecord> positions = new ArrayList<>();
        Deserializer<Position> values = serdes.<Position>valueSerde().deserializer();
        try (values;
                KafkaConsumer<String, Position> consumer = consumer("read_committed", values)) {
            TopicReader.readAll(consumer, POSITIONS, record -> positions.add(position(record)));
        }
        return positions;
    }

    /** How many records there are for a reader of that isolation level; transaction markers don't count. */
    long count(String isolation) {
        long[] count = new long[1];
        try (KafkaConsumer<String, byte[]> consumer = consumer(isolation, new ByteArrayDeserializer())) {
            TopicReader.readAll(consumer, GAMES, record -> count[0]++);
        }
        return count[0];
    }

    /** A consumer of raw records; its owner closes it. */
    <V> KafkaConsumer<String, V> consumer(String isolation, Deserializer<V> values) {
        return new TopicReader(kafka).consumer(isolation, values);
    }

    List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return TopicReader.partitions(consumer, GAMES);
    }

    /** The row that a record holds. */
    static GameRow row(Game game) {
        return new GameRow(
                game.getId(),
                game.getPriceMinor(),
                game.getTitle(),
                game.getDescription(),
                game.getDeveloper(),
                game.getPublisher(),
                game.getGenres(),
                game.getCurrency(),
                game.getReleaseDate(),
                game.getAgeRating(),
                game.getGpuClass().name(),
                game.getStatus().name(),
                game.getCreatedAt(),
                game.getUpdatedAt());
    }

    private static Observed observed(ConsumerRecord<String, Game> record) {
        Game game = record.value();
        Headers headers = record.headers();
        return new Observed(
                record.partition(),
                record.offset(),
                text(headers, "op"),
                game == null ? Change.DELETED : game.getPriceMinor(),
                game == null ? 0 : row(game).hash(),
                Long.parseLong(text(headers, "lsn")),
                Long.parseLong(text(headers, "commit-lsn")));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "0" : new String(header.value(), StandardCharsets.UTF_8).intern();
    }

    private static PositionRecord position(ConsumerRecord<String, Position> record) {
        Position position = Objects.requireNonNull(record.value(), "a position record without a value");
        Map<Integer, Long> offsets = new HashMap<>();
        for (PartitionOffset offset : position.getOffsets()) {
            if (offset.getTopic().equals(GAMES)) {
                offsets.put(offset.getPartition(), offset.getOffset());
            }
        }
        return new PositionRecord(record.offset(), position.getLsn(), offsets);
    }
}
