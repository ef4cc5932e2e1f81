package io.gamestream.runtime.connection;

import io.gamestream.runtime.settings.Secret;
import java.util.Map;

/**
 * Settings {@code postgres}.
 *
 * @param password or {@code file:} and the path of a file that holds it
 * @param properties passed to the driver as they are
 */
public record PostgresSettings(
        String host, int port, String database, String user, String password, Map<String, String> properties) {

    public PostgresSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        password = Secret.of("password", password);
        properties = Map.copyOf(properties);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
