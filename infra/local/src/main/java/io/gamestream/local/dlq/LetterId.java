package io.gamestream.local.dlq;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Where a dead letter that is a record lies; written {@code catalog.dead-letters.v1:0:17}. */
public record LetterId(String topic, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([^:]+):([0-9]{1,9}):([0-9]{1,18})");

    /** Empty where the text is no such id: it may be that of a parked order. */
    public static Optional<LetterId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        boolean ours = matcher.matches()
                && TopicCatalogue.deadLetters().stream().map(TopicSpec::name).anyMatch(matcher.group(1)::equals);
        return ours
                ? Optional.of(new LetterId(
                        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    TopicPartition where() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + ":" + partition + ":" + offset;
    }
}
