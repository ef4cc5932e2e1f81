package io.gamestream.serving.routing;

import io.gamestream.runtime.settings.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Under which host the other instances reach this one. */
public final class AdvertisedHost {

    private AdvertisedHost() {}

    /**
     * What is advertised, or else what HTTP listens on.
     *
     * @param advertised {@code serving.views.advertised-host}
     * @param listening {@code serving.http.host}
     * @throws SettingsException where that is no address of one machine: each instance that calls 0.0.0.0 reaches itself
     */
    public static String of(String advertised, String listening) {
        String host = advertised.isBlank() ? listening : advertised;
        if (isWildcard(host)) {
            throw new SettingsException("setting serving.views.advertised-host: '" + advertised
                    + "' with serving.http.host " + listening
                    + " (expected: the address under which other instances reach this one)");
        }
        return host;
    }

    private static boolean isWildcard(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(InetAddress::isAnyLocalAddress);
        } catch (UnknownHostException e) {
            // Others may know the name.
            return false;
        }
    }
}
