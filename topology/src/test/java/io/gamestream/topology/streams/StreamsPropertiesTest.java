package io.gamestream.topology.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    private static final String TRANSACTION_TIMEOUT =
            StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);

    @Test
    void aKilledInstancesTransactionIsOverWhenItsPartitionsAreGivenAway() {
        assertThat(of(Guarantee.EXACTLY_ONCE, Duration.ofSeconds(4)))
                .containsEntry(TRANSACTION_TIMEOUT, 4_000)
                .containsEntry("consumer.session.timeout.ms", 4_000);
    }

    @Test
    void aFetchWaitsForMoreThanThereIsWhereItMay() {
        assertThat(of(Guarantee.AT_LEAST_ONCE, Duration.ofSeconds(4)))
                .containsEntry("main.consumer.fetch.max.wait.ms", 30)
                .containsEntry("main.consumer.fetch.min.bytes", 1 << 20);
    }

    @Test
    void whatHasNoTransactionsHasNoTimeoutForThem() {
        assertThat(of(Guarantee.AT_LEAST_ONCE, Duration.ofSeconds(4))).doesNotContainKey(TRANSACTION_TIMEOUT);
    }

    private static Properties of(Guarantee guarantee, Duration session) {
        StreamsSpec spec = new StreamsSpec(
                "app",
                guarantee,
                new StreamsTuning(1, Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(30)),
                Set.of(),
                "app.dead-letters",
                builder -> {});
        return StreamsProperties.of(
                spec, Map.of(), new StreamsSettings(Path.of("state"), "classic", session, 8L << 20, Map.of()));
    }
}
