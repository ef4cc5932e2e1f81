package io.gamestream.payments.worker;

import io.gamestream.payments.psp.ProviderAnswer;
import io.gamestream.runtime.kafka.RecordTrouble;
import io.gamestream.runtime.service.Reasons;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands and results as records. */
final class Codec {

    private static final Logger LOG = LoggerFactory.getLogger(Codec.class);

    /** Below the producer's max.request.size of 1 MiB, which counts the key and what surrounds a record, too. */
    private static final int MOST_BYTES = 1_000_000;

    private static final String UNREADABLE = "unreadable";

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

    /**
     * The record of an answer. One that can't be written, since it holds what our schema doesn't or is too large, must not keep
     * all others from being written: it is told as an unknown outcome without facts, which makes the saga read the payment.
     *
     * @throws RuntimeException where that can't be written, either
     */
    ProducerRecord<String, byte[]> result(PspCommand command, ProviderAnswer answer, Instant at) {
        String problem;
        try {
            ProducerRecord<String, byte[]> whole = record(command, answer, at);
            if (whole.value().length <= MOST_BYTES) {
                return whole;
            }
            problem = whole.value().length + " bytes (expected: " + MOST_BYTES + " at most)";
        } catch (RuntimeException e) {
            if (RecordTrouble.of(e) != RecordTrouble.POISON) {
                throw e;
            }
            problem = Reasons.of(e);
        }
        ProviderAnswer bare = new ProviderAnswer(
                PspOutcome.UNKNOWN, answer.httpStatus(), UNREADABLE, problem, List.of(), answer.requestId());
        ProducerRecord<String, byte[]> told = record(command, bare, at);
        LOG.warn(
                "the answer to {} ({}) can't be written and is told as UNKNOWN: {}",
                command.getOperationId(),
                answer.outcome(),
                bare.message());
        return told;
    }

    private ProducerRecord<String, byte[]> record(PspCommand command, ProviderAnswer answer, Instant at) {
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
