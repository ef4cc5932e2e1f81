package io.gamestream.router;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.sessions.HostSignal;
import io.gamestream.schemas.sessions.HostSignalKind;
import io.gamestream.schemas.sessions.TicketCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** What players and hosts say, into Kafka. */
final class Outgoing implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Producer<String, SpecificRecord> producer;

    Outgoing(KafkaSettings kafka, AvroSerdes serdes, Duration ackTimeout) {
        Map<String, Object> properties = KafkaClients.producer(kafka, "session-router");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) ackTimeout.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ackTimeout.toMillis() / 2);
        // Without metadata a send holds its thread; that must never be long on an event loop.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 200);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer = new KafkaProducer<>(
                properties,
                new StringSerializer(),
                serdes.<SpecificRecord>valueSerde().serializer());
    }

    /** Completes when Kafka has it. */
    CompletableFuture<Void> ask(TicketCommand command) {
        return send(new ProducerRecord<>(SessionTopics.TICKETS.name(), command.getPlayerId(), command));
    }

    /** Completes when Kafka has it. */
    CompletableFuture<Void> signal(String hostId, HostSignal signal) {
        return send(new ProducerRecord<>(SessionTopics.HOST_SIGNALS.name(), hostId, signal));
    }

    /** Tells every partition of hosts' signals that a router is there; completes when Kafka has all of it. */
    CompletableFuture<Void> beat(long now) {
        HostSignal beat =
                HostSignal.newBuilder().setKind(HostSignalKind.BEAT).setAt(now).build();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int partition = 0; partition < SessionTopics.HOST_SIGNALS.partitions(); partition++) {
            all.add(send(new ProducerRecord<>(SessionTopics.HOST_SIGNALS.name(), partition, "", beat)));
        }
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
    private CompletableFuture<Void> send(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, e) -> {
                if (e == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(e);
                }
            });
        } catch (KafkaException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }
}
