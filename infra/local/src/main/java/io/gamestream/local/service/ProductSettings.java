package io.gamestream.local.service;

import io.gamestream.runtime.service.SettingsOptions;
import io.gamestream.runtime.settings.Settings;
import java.util.Map;

/**
 * Settings for commands that know the whole product: a section that none of its services has is a mistyped one. A service can't
 * tell, since it is given those of the others too.
 */
public final class ProductSettings {

    private ProductSettings() {}

    /**
     * All layers.
     *
     * @throws io.gamestream.runtime.settings.SettingsException where the file is missing or is not HOCON, or a setting is unknown
     */
    public static Settings load(SettingsOptions options) {
        return load(options, Map.of());
    }

    /** All layers, with {@code more} on top. */
    public static Settings load(SettingsOptions options, Map<String, String> more) {
        return options.load(more).refuseOtherSections(ServiceTable.sections());
    }
}
