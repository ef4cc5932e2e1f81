package io.gamestream.schemas.admin;

import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Difference.Kind;
import io.gamestream.schemas.registry.RegistryException;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The value schemas of topics, against a registry. Every method throws {@link RegistryException} when the registry
 * refuses and {@link io.gamestream.schemas.registry.RegistryUnavailableException} when there is none.
 */
public final class SubjectAdmin {

    private SubjectAdmin() {}

    /** How the registry differs from {@code topics}; topics without a schema have no subject. */
    public static List<Difference> diff(SchemaRegistryClient registry, Collection<TopicSpec> topics) {
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec topic : topics) {
            Schema schema = topic.schema();
            if (schema != null) {
                if (registry.id(topic.subject(), schema).isEmpty()) {
                    differences.add(new Difference(
                            Kind.SCHEMA_MISSING, topic.subject(), "schema", schema.getFullName(), "missing"));
                }
                String level = registry.compatibility(topic.subject()).orElse("unset");
                if (!SchemaRegistryClient.BACKWARD_TRANSITIVE.equals(level)) {
                    differences.add(new Difference(
                            Kind.COMPATIBILITY,
                            topic.subject(),
                            "compatibility",
                            SchemaRegistryClient.BACKWARD_TRANSITIVE,
                            level));
                }
            }
        }
        return differences;
    }

    /**
     * Registers each topic's value schema and sets its subject to {@code BACKWARD_TRANSITIVE}.
     *
     * @return what was done, one line each; empty when there was nothing to do
     */
    public static List<String> apply(SchemaRegistryClient registry, Collection<TopicSpec> topics) {
        List<String> done = new ArrayList<>();
        for (TopicSpec topic : topics) {
            Schema schema = topic.schema();
            if (schema != null) {
                apply(registry, topic.subject(), schema, done);
            }
        }
        return done;
    }

    private static void apply(SchemaRegistryClient registry, String subject, Schema schema, List<String> done) {
        // The rule before the version, so that the registry holds a new version against it; a subject without any
        // version
        // may not exist for the rule yet.
        boolean exists = registry.latest(subject).isPresent();
        if (exists) {
            guard(registry, subject, done);
        }
        if (!exists || registry.id(subject, schema).isEmpty()) {
            done.add("registered " + schema.getFullName() + " under subject " + subject + " with id "
                    + register(registry, subject, schema));
        }
        if (!exists) {
            guard(registry, subject, done);
        }
    }

    private static int register(SchemaRegistryClient registry, String subject, Schema schema) {
        try {
            return registry.register(subject, schema);
        } catch (RegistryException e) {
            throw new RegistryException(
                    e.status(),
                    "schema " + schema.getFullName() + " was refused as a version of subject " + subject + ": "
                            + e.getMessage());
        }
    }

    private static void guard(SchemaRegistryClient registry, String subject, List<String> done) {
        String level = registry.compatibility(subject).orElse("unset");
        if (!SchemaRegistryClient.BACKWARD_TRANSITIVE.equals(level)) {
            registry.setCompatibility(subject, SchemaRegistryClient.BACKWARD_TRANSITIVE);
            done.add("set compatibility of subject " + subject + " to " + SchemaRegistryClient.BACKWARD_TRANSITIVE
                    + " (was: " + level + ")");
        }
    }
}
