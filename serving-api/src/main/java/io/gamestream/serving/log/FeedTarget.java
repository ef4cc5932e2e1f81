package io.gamestream.serving.log;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a {@link TopicFeed} fills. Used by the feed's thread; its {@code toString} says what it has, for the log. */
public interface FeedTarget {

    /**
     * Takes a record in. One that it throws a {@link RuntimeException} for is passed by.
     *
     * @throws IOException where nothing can be taken in any more, which ends the feed
     */
    void write(ConsumerRecord<String, byte[]> record) throws IOException;

    /** Lets readers see what was taken in. */
    void refresh() throws IOException;

    /** Counts the records that were passed by. */
    Counter unreadable();
}
