package io.gamestream.cdc.capture;

import io.gamestream.cdc.position.PositionReader;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.cdc.Position;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import org.apache.kafka.common.serialization.Serde;

/** The servers that a capture stands between. */
public record Connections(
        KafkaSettings kafka, PostgresSettings postgres, SchemaRegistryClient registry, Serde<Position> positions)
        implements AutoCloseable {

    public static Connections of(KafkaSettings kafka, PostgresSettings postgres, RegistrySettings registry) {
        return new Connections(
                kafka,
                postgres,
                SchemaRegistryClient.create(registry.serdeProperties()),
                new AvroSerdes(registry).valueSerde());
    }

    PositionReader positionReader() {
        return new PositionReader(kafka, positions.deserializer(), TopicCatalogue.POSITIONS.name());
    }

    @Override
    public void close() {
        positions.close();
    }
}
