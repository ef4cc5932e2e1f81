package io.gamestream.schemas.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What the product asks of a schema registry. Thread-safe. Every method throws {@link RegistryUnavailableException} when
 * no registry answers, and {@link RegistryException} when it refuses.
 *
 * <p>Schemas are sent without Java's own annotations ({@code avro.java.string}), so that a generated class and the
 * {@code .avsc} that it is from are one schema at the registry.
 */
public interface SchemaRegistryClient {

    /** The one compatibility level of the product: each version reads what every earlier one wrote. */
    String BACKWARD_TRANSITIVE = "BACKWARD_TRANSITIVE";

    /** The schema with this id, if there is one. */
    Optional<Schema> schema(int id);

    /** The id of exactly this schema under the subject, if it is one of its versions. */
    Optional<Integer> id(String subject, Schema schema);

    /** Makes the schema a version of the subject, if it isn't yet; returns its id. */
    int register(String subject, Schema schema);

    /** The newest version of the subject, if it has any. */
    Optional<RegisteredSchema> latest(String subject);

    /** All subjects, in alphabetical order. */
    List<String> subjects();

    /** The compatibility level set for the subject itself, if any. */
    Optional<String> compatibility(String subject);

    /** Sets the subject's own compatibility level. */
    void setCompatibility(String subject, String level);

    /** Where this client asks, for messages. */
    String where();

    /**
     * The client for these properties ({@link RegistryConfig} lists them). Clients are shared: equal properties give
     * one and the same client, with one set of connections and one cache. {@code mock://scope} gives an in-memory
     * registry.
     *
     * @throws org.apache.kafka.common.config.ConfigException when a property is missing or wrong
     */
    static SchemaRegistryClient create(Map<String, ?> properties) {
        return RegistryClients.shared(RegistryConfig.of(properties));
    }
}
