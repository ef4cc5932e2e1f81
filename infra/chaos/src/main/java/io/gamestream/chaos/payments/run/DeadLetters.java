package io.gamestream.chaos.payments.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.chaos.kit.Waiting;
import io.gamestream.local.dlq.ParkedOrdersClient;
import io.gamestream.local.stack.StackException;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.ParkedOrder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Replays the dead letters of a run: as an operator does, and then again behind the operators' door. */
final class DeadLetters {

    private static final String ACTOR = "chaos";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Stage stage;

    DeadLetters(Stage stage) {
        this.stage = stage;
    }

    /** Those that are open and can be replayed; how many. */
    int replayOpen() throws InterruptedException {
        ParkedOrdersClient door = door();
        int replayed = 0;
        for (JsonNode letter : door.list(true)) {
            if (letter.path("replayable").asBoolean()) {
                Optional<String> not = door.replay(letter.path("deadLetterId").asText(), ACTOR);
                replayed += not.isEmpty() ? 1 : 0;
            }
        }
        return replayed;
    }

    /**
     * Every letter that was ever open and no longer is, past the door that would refuse them. One that is open still would
     * rightly do something.
     */
    int replayAllAgain() throws InterruptedException {
        Set<String> open = new HashSet<>();
        door().list(true).forEach(letter -> open.add(letter.path("deadLetterId").asText()));
        List<ParkedOrder> letters = new ArrayList<>();
        stage.reader()
                .readAll(
                        PaymentTopics.PARKED_ORDERS.name(),
                        stage.serdes().valueSerde(ParkedOrder.class).deserializer(),
                        record -> letters.add(record.value()));
        letters.removeIf(letter -> open.contains(letter.getDeadLetterId()));
        Map<String, Object> properties = KafkaClients.producer(stage.kafka(), ACTOR);
        try (KafkaProducer<String, AdminCommand> producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                stage.serdes().valueSerde(AdminCommand.class).serializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ParkedOrder letter : letters) {
                sent.add(producer.send(new ProducerRecord<>(
                        PaymentTopics.ADMIN_COMMANDS.name(), letter.getOrderId(), command(letter))));
            }
            // Whatever Kafka did not take is no replay: the run must not go on as if it were one.
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the dead letters can't be replayed: " + e.getCause(), e);
        }
        return letters.size();
    }

    /** A gateway takes orders before it has read the dead letters again; how soon it must is a matter of other bounds. */
    private ParkedOrdersClient door() throws InterruptedException {
        ParkedOrdersClient door = new ParkedOrdersClient(URI.create(stage.adminUrl()));
        boolean unused = Waiting.until(PATIENCE, LOOK_EVERY, () -> {
            try {
                door.list(true);
                return true;
            } catch (StackException e) {
                return false;
            }
        });
        return door;
    }

    private static AdminCommand command(ParkedOrder letter) {
        return AdminCommand.newBuilder()
                .setCommandId("replay:" + letter.getDeadLetterId())
                .setKind(AdminCommandKind.REPLAY)
                .setOrderId(letter.getOrderId())
                .setDeadLetterId(letter.getDeadLetterId())
                .setActor("staff:" + ACTOR)
                .setAt(Instant.now())
                .build();
    }
}
