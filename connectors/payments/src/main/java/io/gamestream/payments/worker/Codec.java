package io.gamestream.payments.worker;

import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;

/** Commands and results as records. */
final class Codec {

    private static final String ERROR = "__streams.errors.";

    private final Serde<PspCommand> commands;
    private final Serde<PspResult> results;

    Codec(Serde<PspCommand> commands, Serde<PspResult> results) {
        this.commands = commands;
        this.results = results;
    }

    /**
     * The command that a record is.
     *
     * @throws RuntimeException where it is none
     */
    PspCommand command(ConsumerRecord<String, byte[]> record) {
        PspCommand command = commands.deserializer().deserialize(record.topic(), record.headers(), record.value());
        if (command == null) {
            throw new IllegalArgumentException("a command without a value");
        }
        return command;
    }

    ProducerRecord<String, byte[]> result(PspCommand command, ProviderAnswer answer, Instant at) {
        PspResult result = PspResult.newBuilder()
                .setOperationId(command.getOperationId())
                .setOrderId(command.getOrderId())
                .setKind(command.getKind())
                .setAttempt(command.getAttempt())
                .setIssue(command.getIssue())
                .setOutcome(answer.outcome())
                .setHttpStatus(answer.httpStatus())
                .setErrorCode(answer.errorCode())
                .setMessage(answer.message())
                .setFacts(answer.facts())
                .setPspRequestId(answer.requestId())
                .setAnsweredAt(at)
                .build();
        String topic = PaymentTopics.PSP_RESULTS.name();
        return new ProducerRecord<>(
                topic, command.getOrderId(), results.serializer().serialize(topic, result));
    }

    /** A record that is no command, kept as it came, with the headers that Kafka's own dead letters have (KIP-1034). */
    ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> record, RuntimeException why) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                TopicCatalogue.PAYMENTS_DEAD_LETTERS.name(), null, record.key(), record.value(), record.headers());
        put(letter.headers(), "exception", why.getClass().getName());
        put(letter.headers(), "message", String.valueOf(why.getMessage()));
        put(letter.headers(), "topic", record.topic());
        put(letter.headers(), "partition", Integer.toString(record.partition()));
        put(letter.headers(), "offset", Long.toString(record.offset()));
        return letter;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(ERROR + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
