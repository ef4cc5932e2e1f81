package io.gamestream.local.testing;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

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

    /** What leads a service to this stack: values by the path of their setting, client properties of a secured stack included. */
    default Map<String, String> connectionSettings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kafka.bootstrap-servers", kafka().bootstrapServers());
        properties(all, "kafka", kafka().properties());
        all.put("registry.url", registry().url());
        properties(all, "registry", registry().properties());
        all.put("postgres.host", postgres().host());
        all.put("postgres.port", Integer.toString(postgres().port()));
        all.put("postgres.database", postgres().database());
        all.put("postgres.user", postgres().user());
        all.put("postgres.password", postgres().password());
        properties(all, "postgres", postgres().properties());
        all.put("redis.url", redis().url().toString());
        return all;
    }

    /** A connection of its own to this stack's Postgres. */
    default Connection openPostgres() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(postgres().properties());
        properties.setProperty("user", postgres().user());
        properties.setProperty("password", postgres().password());
        return DriverManager.getConnection(postgres().jdbcUrl(), properties);
    }

    private static void properties(Map<String, String> all, String part, Map<String, String> properties) {
        // Quoted: their names have dots, which are no path.
        properties.forEach((name, value) -> all.put(part + ".properties.\"" + name + "\"", value));
    }

    @Override
    void close();
}
