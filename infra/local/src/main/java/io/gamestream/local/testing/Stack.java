package io.gamestream.local.testing;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;

/**
 * A stack with the product's topics, subjects and tables, shared by all tests of a JVM. The system property
 * {@code stack} says which one:
 *
 * <ul>
 *   <li>{@code embedded}, the default: {@link io.gamestream.local.stack.EmbeddedStack} on free ports and temporary data.
 *   <li>{@code external}: the usual settings, from the environment ({@code BACKBONE_KAFKA_BOOTSTRAP_SERVERS}, ...).
 *   <li>{@code containers}: Kafka, Postgres and Redis as containers; tests are skipped where there is no engine for them.
 * </ul>
 *
 * <p>Tests share its tables and topics: each uses ids, slots and group ids of its own. Get it with {@link StackExtension}.
 */
public interface Stack extends AutoCloseable {

    KafkaSettings kafka();

    PostgresSettings postgres();

    RegistrySettings registry();

    RedisSettings redis();

    @Override
    void close();
}
