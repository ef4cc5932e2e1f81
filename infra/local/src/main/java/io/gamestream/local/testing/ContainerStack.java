package io.gamestream.local.testing;

import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.Provisioning;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Kafka, Postgres and Redis as containers, the registry as our own child process. */
final class ContainerStack implements Stack {

    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final String POSTGRES_IMAGE = "postgres:18";
    private static final String REDIS_IMAGE = "redis:7";
    private static final int REDIS_PORT = 6379;

    private final KafkaContainer kafka;
    private final PostgreSQLContainer postgres;
    private final GenericContainer<?> redis;
    private final TemporaryStack registry;

    private ContainerStack(
            KafkaContainer kafka, PostgreSQLContainer postgres, GenericContainer<?> redis, TemporaryStack registry) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.redis = redis;
        this.registry = registry;
    }

    /** Why it can't be started here. */
    static Optional<String> obstacle() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("no container engine answers");
    }

    static ContainerStack start() {
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1");
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withDatabaseName("gamestream")
                .withUsername("gamestream")
                .withPassword("gamestream")
                .withCommand("postgres", "-c", "wal_level=logical");
        GenericContainer<?> redis = new GenericContainer<>(REDIS_IMAGE).withExposedPorts(REDIS_PORT);
        Startables.deepStart(Stream.of(kafka, postgres, redis)).join();
        ContainerStack stack = new ContainerStack(kafka, postgres, redis, TemporaryStack.start(Part.REGISTRY));
        Provisioning.topics(stack.kafka(), Provisioning.DEFAULT_REPLICATION);
        Provisioning.tables(stack.postgres());
        return stack;
    }

    @Override
    public KafkaSettings kafka() {
        return new KafkaSettings(kafka.getBootstrapServers(), Map.of());
    }

    @Override
    public PostgresSettings postgres() {
        return new PostgresSettings(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword(),
                Map.of());
    }

    @Override
    public RegistrySettings registry() {
        return registry.registry();
    }

    @Override
    public RedisSettings redis() {
        return new RedisSettings(URI.create("redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT)));
    }

    @Override
    public void close() {
        Stream.<AutoCloseable>of(registry, kafka, postgres, redis).forEach(ContainerStack::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(one + " did not stop", e);
        }
    }
}
