package io.gamestream.local.testing;

import io.gamestream.local.stack.Provisioning;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Somebody's stack, by the usual settings. Topics, subjects and tables are made on it; it is not stopped. */
record ExternalStack(KafkaSettings kafka, PostgresSettings postgres, RegistrySettings registry, RedisSettings redis)
        implements Stack {

    static ExternalStack connect() {
        String file = System.getenv("BACKBONE_CONFIG");
        Settings settings = Settings.load(file == null ? null : Path.of(file), System.getenv(), Map.of());
        ExternalStack stack = new ExternalStack(
                settings.bind("kafka", KafkaSettings.class),
                settings.bind("postgres", PostgresSettings.class),
                settings.bind("registry", RegistrySettings.class),
                settings.bind("redis", RedisSettings.class));
        Provisioning.topics(stack.kafka(), Provisioning.DEFAULT_REPLICATION);
        Provisioning.subjects(stack.registry());
        Provisioning.tables(stack.postgres());
        return stack;
    }

    @Override
    public void close() {}
}
