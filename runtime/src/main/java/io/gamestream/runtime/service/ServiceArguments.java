package io.gamestream.runtime.service;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line that every service has. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
final class ServiceArguments implements Runnable {

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** Picocli wants a command that can be executed; {@link ServiceMain} does the work. */
    @Override
    public void run() {}
}
