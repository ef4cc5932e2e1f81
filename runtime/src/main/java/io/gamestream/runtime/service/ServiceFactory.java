package io.gamestream.runtime.service;

import io.gamestream.runtime.settings.Settings;

/** Starts a service. What it has opened by the time that it throws is its own to close. */
@FunctionalInterface
public interface ServiceFactory {

    Service start(Settings settings) throws Exception;
}
