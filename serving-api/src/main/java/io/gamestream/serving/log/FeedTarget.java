package io.gamestream.serving.log;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a {@link TopicFeed} fills. Used by the feed's thread; its {@code toString} says what it has, for the log. */
public interface FeedTarget {

    /** Takes a record in. One that can't be read is passed by: an exception ends the feed. */
    void write(ConsumerRecord<String, byte[]> record) throws IOException, InterruptedException;

    /** Lets readers see what was taken in. */
    void refresh() throws IOException;
}
