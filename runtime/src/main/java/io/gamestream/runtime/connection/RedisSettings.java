package io.gamestream.runtime.connection;

import java.net.URI;

/**
 * Settings {@code redis}.
 *
 * @param url {@code redis://} or {@code rediss://}, with user and password where the server wants them
 */
public record RedisSettings(URI url) {

    public RedisSettings {
        if (!"redis".equals(url.getScheme()) && !"rediss".equals(url.getScheme())) {
            throw new IllegalArgumentException("url: " + url.getScheme() + " (expected: redis:// or rediss://)");
        }
    }

    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getHost() + ":" + url.getPort();
    }
}
