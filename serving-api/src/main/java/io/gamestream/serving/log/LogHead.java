package io.gamestream.serving.log;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Up to which moment a consumer has read everything that its partitions held. Lag 0 alone does not tell: it stays 0 while a broker is
 * away. So the moment only moves on with fetches that brokers have answered. Used by the consumer's thread.
 */
public final class LogHead {

    private final Consumer<?, ?> consumer;
    private final List<TopicPartition> partitions;
    private @Nullable Metric fetches;
    private double fetched;
    private long polledMillis = System.currentTimeMillis();
    private long completeMillis;

    public LogHead(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
    }

    /** To be called right after each poll; what it says holds once the polled records are applied. */
    public void polled() {
        // What this poll was answered with had not left the broker when the previous one returned.
        long notBefore = polledMillis;
        polledMillis = System.currentTimeMillis();
        if (fetchAnswered() && atEnd()) {
            completeMillis = notBefore;
        }
    }

    /** Epoch ms by this host's clock; 0 while nothing is known. */
    public long completeMillis() {
        return completeMillis;
    }

    private boolean fetchAnswered() {
        Metric metric = fetches;
        if (metric == null) {
            metric = consumer.metrics().values().stream()
                    .filter(each -> "fetch-total".equals(each.metricName().name())
                            && !each.metricName().tags().containsKey("topic"))
                    .findFirst()
                    .orElse(null);
            fetches = metric;
        }
        double now = metric != null && metric.metricValue() instanceof Double count ? count : fetched;
        boolean answered = now > fetched;
        fetched = now;
        return answered;
    }

    private boolean atEnd() {
        for (TopicPartition partition : partitions) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty() || lag.getAsLong() > 0) {
                return false;
            }
        }
        return true;
    }
}
