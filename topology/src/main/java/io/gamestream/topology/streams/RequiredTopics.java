package io.gamestream.topology.streams;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.runtime.settings.SettingsException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A missing topic, or a missing Kafka, is one clear line at the start, instead of a rebalance that fails much later. */
final class RequiredTopics {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** A broker that died or froze with the question in its hands is asked again; the default would be all of the time. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

    private RequiredTopics() {}

    static void check(KafkaSettings kafka, String applicationId, Collection<String> topics)
            throws InterruptedException {
        Map<String, Object> properties = KafkaClients.admin(kafka, applicationId + "-topics");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ASK_AGAIN_AFTER.toMillis());
        try (Admin admin = Admin.create(properties)) {
            Set<String> there = admin.listTopics().names().get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(there);
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Kafka at " + kafka.bootstrapServers() + " has no topic "
                        + String.join(", ", missing) + "; './backbone topics --apply' creates what is missing");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new SettingsException(
                    "Kafka at " + kafka.bootstrapServers() + " (setting kafka.bootstrap-servers) does not answer: "
                            + (e.getCause() == null
                                    ? "nothing within " + ANSWER_WITHIN.toSeconds() + " s"
                                    : e.getCause()),
                    e);
        }
    }
}
