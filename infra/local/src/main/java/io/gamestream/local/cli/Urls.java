package io.gamestream.local.cli;

import io.gamestream.local.service.ServiceSpec;
import io.gamestream.local.stack.LocalPorts.Wanted;
import io.gamestream.runtime.http.HttpSettings;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.runtime.settings.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the services answer over HTTP, by their own settings: their defaults are on the launcher's class path.
 *
 * @param byService such as cdc -> its settings
 * @param ports of all that they listen on
 */
record Urls(Map<String, HttpSettings> byService, List<Wanted> ports) {

    static Urls of(List<ServiceSpec> services, Settings settings) {
        Map<String, HttpSettings> found = new LinkedHashMap<>();
        List<Wanted> ports = new ArrayList<>();
        for (ServiceSpec service : services) {
            found.put(service.name(), settings.bind(service.httpSettings(), HttpSettings.class));
            for (String door : service.doors()) {
                ports.add(new Wanted(
                        service.name(),
                        door + ".port",
                        settings.bind(door, HttpSettings.class).port()));
            }
        }
        return new Urls(found, ports);
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    String of(String service) {
        HttpSettings http = byService.get(service);
        if (http == null) {
            throw new SettingsException("there is no service " + service);
        }
        return base(http);
    }

    /** Where a service with these settings is found from here. */
    static String base(HttpSettings http) {
        String host = http.host().equals("0.0.0.0") ? "127.0.0.1" : http.host();
        return "http://" + host + ":" + http.port();
    }
}
