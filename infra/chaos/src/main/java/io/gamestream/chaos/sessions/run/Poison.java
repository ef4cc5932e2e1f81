package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.kit.ChaosException;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Tick;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records that can't be read, and records that mean nothing, past the routers. */
final class Poison {

    static final String PREFIX = "poison-";

    private final Stage stage;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    Poison(Stage stage) {
        this.stage = stage;
    }

    /** Keys of all that were written. */
    Set<String> keys() {
        return keys;
    }

    /** @param number of this dose */
    void pour(int number) {
        String name = PREFIX + number + "-";
        byte[] garbage = "this is not Avro".getBytes(StandardCharsets.UTF_8);
        List<ProducerRecord<String, byte[]>> dose = new ArrayList<>();
        dose.add(new ProducerRecord<>(SessionTopics.TICKETS.name(), name + "ticket", garbage));
        dose.add(new ProducerRecord<>(SessionTopics.CELL_INBOX.name(), 0, name + "inbox", garbage));
        dose.add(new ProducerRecord<>(SessionTopics.HOST_SIGNALS.name(), name + "signal", garbage));
        dose.add(new ProducerRecord<>(SessionTopics.TICKETS.name(), name + "kind", nonsense(name + "kind")));
        dose.add(new ProducerRecord<>(SessionTopics.CELL_INBOX.name(), 1, name + "cell", nobodysTick()));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                KafkaClients.producer(stage.kafka(), "chaos"), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            dose.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            dose.forEach(record -> keys.add(record.key()));
        } catch (ExecutionException e) {
            throw new ChaosException("poison could not be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted", e);
        }
    }

    private byte[] nonsense(String playerId) {
        TicketCommand command = TicketCommand.newBuilder()
                .setKind(TicketCommandKind.UNKNOWN)
                .setPlayerId(playerId)
                .setSessionId("s-" + playerId)
                .setAt(0)
                .build();
        return stage.serdes()
                .valueSerde(TicketCommand.class)
                .serializer()
                .serialize(SessionTopics.TICKETS.name(), command);
    }

    private byte[] nobodysTick() {
        CellRecord record = CellRecord.newBuilder()
                .setCellId("nowhere")
                .setAt(0)
                .setBody(new Tick())
                .build();
        return stage.serdes()
                .valueSerde(CellRecord.class)
                .serializer()
                .serialize(SessionTopics.CELL_INBOX.name(), record);
    }
}
