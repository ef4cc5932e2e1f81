package io.gamestream.serving.view;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.AvroSerdes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the Kafka Streams application that writes the views. */
public final class ViewStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewStreams.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** A thread that dies more often than this in a minute does so for a reason that starting again doesn't mend. */
    private static final int MAX_DEATHS_PER_MINUTE = 10;

    private final KafkaStreams streams;
    private final Consumer<Throwable> fatal;
    private final Deque<Long> deaths = new ArrayDeque<>();

    /** @param self host:port, by which other instances reach this one */
    public ViewStreams(
            KafkaSettings kafka,
            ViewSettings settings,
            String self,
            ViewRegistry registry,
            AvroSerdes serdes,
            Consumer<Throwable> fatal) {
        this.fatal = fatal;
        Properties properties = StreamsProperties.of(kafka, settings, self, registry);
        streams = new KafkaStreams(
                ViewTopology.build(
                        registry, view -> serdes.<SpecificRecord>valueSerde().deserializer()),
                properties);
        streams.setUncaughtExceptionHandler(this::threadDied);
        streams.setStateListener((now, before) -> {
            LOG.info("views: {} (was {})", now, before);
            if (now == KafkaStreams.State.ERROR) {
                fatal.accept(new IllegalStateException("the view topology has stopped; the log says why"));
            }
        });
    }

    public void start() {
        streams.start();
    }

    /** For metadata of other instances. */
    public KafkaStreams streams() {
        return streams;
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    private synchronized StreamThreadExceptionResponse threadDied(Throwable e) {
        long now = System.nanoTime();
        deaths.addLast(now);
        deaths.removeIf(at -> now - at > Duration.ofMinutes(1).toNanos());
        if (e instanceof MissingSourceTopicException || deaths.size() > MAX_DEATHS_PER_MINUTE) {
            fatal.accept(new IllegalStateException("the view topology can't go on: " + e.getMessage(), e));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("a thread of the view topology died and is replaced", e);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Leaves the group at once: there is no state on disk to come back to, and standbys are ready to take over. */
    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
    }
}
