package io.gamestream.local.dlq;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed, as it came.
 *
 * @param headers its own, without what was added about the failure
 * @param origin where it came from; null where the letter doesn't say, as those of change data capture
 * @param offset in the origin; -1 where unknown
 * @param why what was wrong
 * @param about what else is known of it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record RecordLetter(
        LetterId id,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable TopicPartition origin,
        long offset,
        String why,
        Optional<String> about,
        Instant at) {

    /** As Kafka Streams writes them (KIP-1034). */
    private static final String STREAMS = "__streams.errors.";

    /** As change data capture writes them. */
    private static final String CAPTURE = "dead-letter.";

    static RecordLetter of(ConsumerRecord<byte[], byte[]> record) {
        List<Header> own = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(STREAMS) && !header.key().startsWith(CAPTURE)) {
                own.add(header);
            }
        }
        Optional<String> topic = header(record, STREAMS + "topic");
        String reason = header(record, CAPTURE + "reason")
                .orElseGet(() -> header(record, STREAMS + "exception").orElse("unknown")
                        + header(record, STREAMS + "message")
                                .map(text -> ": " + text)
                                .orElse(""));
        return new RecordLetter(
                new LetterId(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.value(),
                own,
                topic.map(name -> new TopicPartition(name, (int) number(record, "partition")))
                        .orElse(null),
                topic.isPresent() ? number(record, "offset") : -1,
                reason,
                header(record, CAPTURE + "table"),
                Instant.ofEpochMilli(record.timestamp()));
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        return header(record, STREAMS + name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
