package io.gamestream.topology.streams;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.http.Readiness;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.service.Service;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Kafka Streams application. A thread that dies ends it, unless another one can go on ({@link ThreadDeaths}). */
public final class StreamsApplication implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);

    /** Two applications, one after the other, stay below the bound of the service's stop. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(4);

    private final String id;
    private final KafkaStreams streams;
    private final ThreadDeaths deaths = new ThreadDeaths();
    private final RestoreProgress restore = new RestoreProgress();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private StreamsApplication(String id, KafkaStreams streams) {
        this.id = id;
        this.streams = streams;
    }

    /**
     * Starts the application; it becomes ready in its own time.
     *
     * @throws io.gamestream.runtime.settings.SettingsException where Kafka does not answer
     * @throws IllegalStateException where a topic is missing
     */
    public static StreamsApplication start(
            StreamsSpec spec, KafkaSettings kafka, StreamsSettings settings, Metrics metrics, Readiness readiness)
            throws InterruptedException {
        Set<String> topics = new HashSet<>(spec.topics());
        topics.add(spec.deadLetters());
        settings.makeStateDir();
        RequiredTopics.check(kafka, spec.applicationId(), topics);
        Properties properties = spec.properties(kafka.clientProperties(), settings);
        if (settings.groupProtocol().equals("classic")) {
            properties.putIfAbsent(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instanceId());
        }
        properties.put(DeadLetterPolicy.LISTENER, deadLetterCounter(spec, metrics));
        KafkaStreams streams = new KafkaStreams(spec.topology(properties), properties);
        StreamsApplication application = new StreamsApplication(spec.applicationId(), streams);
        application.listen();
        metrics.bind(new KafkaStreamsMetrics(streams));
        FunctionCounter.builder("streams.restored.records", application.restore, RestoreProgress::restored)
                .description("Records that stores were restored from")
                .tag("application", spec.applicationId())
                .register(metrics.registry());
        readiness.check(spec.applicationId(), application::readiness);
        streams.start();
        return application;
    }

    /** Ready when it processes; otherwise says what it waits for. */
    public Readiness.Status readiness() {
        long remaining = restore.remaining();
        if (remaining > 0) {
            return Readiness.Status.waiting(
                    remaining + " records of its stores are to be restored", restore.fraction());
        }
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING
                ? Readiness.Status.READY
                : Readiness.Status.waiting("it is " + state);
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        boolean closed = streams.close(
                CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        failure.complete(null);
        if (!closed) {
            throw new IllegalStateException(id + " did not stop within " + CLOSE_WITHIN.toSeconds() + " s");
        }
    }

    private void listen() {
        streams.setGlobalStateRestoreListener(restore);
        streams.setStateListener((now, before) -> {
            LOG.info("{} is {}, was {}", id, now, before);
            if (now == KafkaStreams.State.ERROR) {
                failure.completeExceptionally(new IllegalStateException(id + ": its last thread has died"));
            }
        });
        streams.setUncaughtExceptionHandler(e -> {
            StreamThreadExceptionResponse response = deaths.after(e, System.nanoTime());
            if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
                LOG.warn("{}: a thread has died, and is replaced", id, e);
            } else {
                failure.completeExceptionally(new IllegalStateException(id + " can't go on", e));
            }
            return response;
        });
    }

    private static DeadLetterPolicy.Listener deadLetterCounter(StreamsSpec spec, Metrics metrics) {
        return stage -> Counter.builder("dead.letters")
                .description("Records set aside because they can't be processed")
                .tag("application", spec.applicationId())
                .tag("stage", stage)
                .register(metrics.registry())
                .increment();
    }
}
