package io.gamestream.local.cli;

import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackException;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the four parts are: those of the embedded stack, and by settings those that are somebody else's. */
record Connections(KafkaSettings kafka, PostgresSettings postgres, RegistrySettings registry, RedisSettings redis) {

    /** How the client properties begin that only a secured part understands. */
    private static final List<String> SECURITY =
            List.of("security.", "sasl.", "ssl", "schema.registry.ssl.", "basic.auth.", "bearer.auth.");

    static Connections of(Settings settings) {
        return new Connections(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class),
                settings.bind("redis", RedisSettings.class));
    }

    /**
     * TLS and passwords are for a part of somebody else's: with them, nothing would reach one that this run brings itself.
     *
     * @throws StackException naming the setting
     */
    static void refuseForeign(StackSettings which, Settings settings) {
        Connections asked = of(settings);
        refuseForeign(which, Part.KAFKA, asked.kafka().properties());
        refuseForeign(which, Part.POSTGRES, asked.postgres().properties());
        refuseForeign(which, Part.REGISTRY, asked.registry().properties());
    }

    private static void refuseForeign(StackSettings which, Part part, Map<String, String> properties) {
        Set<String> foreign = properties.keySet().stream()
                .filter(name -> SECURITY.stream().anyMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
        if (which.parts().contains(part) && !foreign.isEmpty()) {
            throw new StackException(
                    "%1$s.properties has %2$s, but this run brings its own %1$s. Leave %1$s out of stack.parts to use yours, or run without these settings (BACKBONE_CONFIG, --config)"
                            .formatted(part.label(), foreign));
        }
    }

    static Connections of(EmbeddedStack stack, StackSettings which, Settings settings) {
        Connections others = of(settings);
        return new Connections(
                which.parts().contains(Part.KAFKA) ? stack.kafka() : others.kafka(),
                which.parts().contains(Part.POSTGRES) ? stack.postgres() : others.postgres(),
                which.parts().contains(Part.REGISTRY) ? stack.registry() : others.registry(),
                which.parts().contains(Part.REDIS) ? stack.redis() : others.redis());
    }

    /** For a service's environment, which its own command line and nothing else overrides. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        all.put("BACKBONE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        all.put("BACKBONE_POSTGRES_HOST", postgres.host());
        all.put("BACKBONE_POSTGRES_PORT", Integer.toString(postgres.port()));
        all.put("BACKBONE_POSTGRES_DATABASE", postgres.database());
        all.put("BACKBONE_POSTGRES_USER", postgres.user());
        all.put("BACKBONE_POSTGRES_PASSWORD", postgres.password());
        all.put("BACKBONE_REGISTRY_URL", registry.url());
        all.put("BACKBONE_REDIS_URL", redis.url().toString());
        return all;
    }
}
