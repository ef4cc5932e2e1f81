package io.gamestream.serving;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/** What every part is built from. */
public record ServingContext(
        Settings settings, KafkaSettings kafka, RegistrySettings registry, Vertx vertx, MeterRegistry meters) {}
