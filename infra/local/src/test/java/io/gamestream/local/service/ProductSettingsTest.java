package io.gamestream.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProductSettingsTest {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

    @Test
    void aSectionThatNoServiceHasIsRefused() {
        assertThatThrownBy(() -> load("--set", "stak.ports.kafka=1"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("setting stak.ports.kafka (--set) is unknown (did you mean stack.ports.kafka?)");
        assertThatThrownBy(() -> load("--set", "nobody.has=1"))
                .hasMessageStartingWith("setting nobody.has (--set) is unknown (known here: catalog, cdc, dlq, ")
                .hasMessageContaining(" serving, ");
    }

    @Test
    void aSettingThatTheLauncherItselfWouldHaveIsRefused() {
        assertThatThrownBy(() -> load("--set", "stack.port.kafka=1"))
                .hasMessage("setting stack.port.kafka (--set) is unknown (did you mean stack.ports.kafka?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cdc.retry-for=1m", "streams.session-timeout=7s", "payments-gateway.webhooks.livemode=true"})
    void settingsOfServicesAreTheirBusiness(String setting) {
        assertThatCode(() -> load("--set", setting)).doesNotThrowAnyException();
    }

    /** As a user's file each, so that a module with a section of which services.txt says nothing is noticed here. */
    @ParameterizedTest
    @MethodSource
    void everyModulesSectionsAreKnown(Path defaults) {
        assertThatCode(() -> load("--config", defaults.toString())).doesNotThrowAnyException();
    }

    static List<Path> everyModulesSectionsAreKnown() throws IOException {
        try (Stream<Path> files = Files.find(PROJECT, 6, (file, attributes) -> isDefaults(PROJECT.relativize(file)))) {
            List<Path> found = files.sorted().toList();
            assertThat(found).hasSizeGreaterThan(6);
            return found;
        }
    }

    private static boolean isDefaults(Path file) {
        return file.endsWith("src/main/resources/reference.conf") || file.endsWith("src/main/resources/borrowed.conf");
    }

    private static Settings load(String... arguments) {
        Arguments parsed = new Arguments();
        new CommandLine(parsed).parseArgs(arguments);
        return ProductSettings.load(parsed.options);
    }

    @CommandLine.Command
    private static final class Arguments {

        @CommandLine.Mixin
        SettingsOptions options = new SettingsOptions();
    }
}
