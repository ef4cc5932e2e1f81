package io.gamestream.serving.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The view topics as the cluster has them. */
public final class ViewTopics {

    private static final long ASK_WITHIN_MILLIS = 10_000;

    private ViewTopics() {}

    /** Not all topics are there, or Kafka can't be reached: worth trying again. */
    public static final class NotYetException extends Exception {

        private static final long serialVersionUID = 1L;

        NotYetException(String message) {
            super(message);
        }
    }

    /**
     * How many partitions each has.
     *
     * @throws NotYetException says what is missing and what to do
     */
    public static Map<View, Integer> partitions(Admin admin) throws NotYetException, InterruptedException {
        Map<String, View> views = new HashMap<>();
        for (View view : View.values()) {
            views.put(view.topic(), view);
        }
        Map<View, Integer> found = new EnumMap<>(View.class);
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
                admin.describeTopics(views.keySet()).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = answer.getValue().get(ASK_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
                found.put(views.get(answer.getKey()), topic.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new NotYetException("Kafka can't be asked for the view topics: " + e.getCause());
                }
                missing.add(answer.getKey());
            } catch (TimeoutException e) {
                throw new NotYetException("Kafka does not answer (kafka.bootstrap-servers)");
            }
        }
        if (!missing.isEmpty()) {
            missing.sort(null);
            throw new NotYetException("missing topics: " + missing + "; ./backbone topics --apply makes them");
        }
        return found;
    }
}
