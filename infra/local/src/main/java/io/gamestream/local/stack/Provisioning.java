package io.gamestream.local.stack;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.kafka.KafkaClients;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.SubjectAdmin;
import io.gamestream.schemas.admin.TopicAdmin;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** What the product needs to find on a stack: topics, subjects, tables. Each can be asked for again and again. */
public final class Provisioning {

    /** Leaves the number of replicas to the cluster. */
    public static final short DEFAULT_REPLICATION = -1;

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

    private Provisioning() {}

    /**
     * The topics of the catalogue.
     *
     * @throws StackException where the cluster refuses
     */
    public static void topics(KafkaSettings kafka, short replicationFactor) {
        try (Admin admin = Admin.create(KafkaClients.admin(kafka, "provisioning"))) {
            TopicAdmin.apply(admin, TopicCatalogue.all(), replicationFactor);
            awaitVisible(admin);
        } catch (KafkaException | ExecutionException e) {
            throw new StackException("topics can't be created: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while topics are created", e);
        }
    }

    /** A topic that the controller has created is known to a broker only some moments later. */
    private static void awaitVisible(Admin admin) throws InterruptedException, ExecutionException {
        Set<String> wanted = TopicCatalogue.all().stream().map(TopicSpec::name).collect(Collectors.toSet());
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (!admin.listTopics().names().get().containsAll(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "topics were created, but Kafka doesn't list them after " + VISIBLE_WITHIN.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /**
     * The value schemas of the catalogue's topics.
     *
     * @throws StackException where the registry refuses, such as a schema that its readers could not read
     */
    public static void subjects(RegistrySettings registry) {
        try {
            SubjectAdmin.apply(SchemaRegistryClient.create(registry.serdeProperties()), TopicCatalogue.all());
        } catch (KafkaException e) {
            throw new StackException("schemas can't be registered: " + e.getMessage(), e);
        }
    }

    /**
     * The product's tables, brought up to date by Flyway.
     *
     * @throws StackException that names the migration which failed
     */
    public static void tables(PostgresSettings postgres) {
        try {
            Flyway.configure()
                    .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                    .locations("classpath:db/migration")
                    .jdbcProperties(postgres.properties())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StackException("Postgres: the tables can't be migrated: " + e.getMessage(), e);
        }
    }
}
