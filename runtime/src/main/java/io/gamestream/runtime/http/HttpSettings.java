package io.gamestream.runtime.http;

/**
 * Settings {@code <service>.http}.
 *
 * @param host the address to listen on
 * @param port 0 takes a free one
 */
public record HttpSettings(String host, int port) {

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: '' (expected: an address such as 127.0.0.1)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }
}
