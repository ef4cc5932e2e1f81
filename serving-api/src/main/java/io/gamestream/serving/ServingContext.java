package io.gamestream.serving;

import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import io.gamestream.runtime.metrics.Metrics;
import io.gamestream.runtime.settings.Settings;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What every part is built from.
 *
 * @param port that the service listens on; known from {@link ServingPart#start()} on
 * @param fatal ends the service: takes why it can't go on, in words for whoever reads standard error
 */
public record ServingContext(
        Settings settings,
        KafkaSettings kafka,
        RegistrySettings registry,
        Metrics metrics,
        IntSupplier port,
        Consumer<Throwable> fatal) {}
