package io.gamestream.local.cli;

import io.gamestream.local.service.Services;
import io.gamestream.runtime.connection.PostgresSettings;
import java.nio.file.Path;
import java.util.Locale;

/** Where a user finds everything. */
final class Welcome {

    private static final String API = "serving-api";
    private static final String ROUTER = "session-router";

    private Welcome() {}

    static void print(Console console, Urls urls, Connections connections, Services services, Path dataDir) {
        if (services.names().contains(API)) {
            row(console, "HTTP API", urls.of(API) + "/v1/games?limit=3");
            row(console, "Payments", urls.of(API) + "/v1/changes/payments?from=beginning");
        }
        if (services.names().contains(ROUTER)) {
            row(console, "Sessions", urls.of(ROUTER) + "/v1/cells/eu-west-1");
        }
        services.names().forEach(name -> row(console, name, urls.of(name) + "/metrics"));
        row(console, "psp", urls.of("psp") + " (key: " + dataDir.resolve("psp").resolve("api-key") + ")");
        row(console, "Kafka", connections.kafka().bootstrapServers());
        PostgresSettings postgres = connections.postgres();
        row(
                console,
                "Postgres",
                "postgresql://" + postgres.user() + "@" + postgres.host() + ":" + postgres.port() + "/"
                        + postgres.database());
        row(console, "Redis", connections.redis().toString());
        row(console, "Schemas", connections.registry().url() + "/subjects");
        row(console, "Data, logs", dataDir + ", " + dataDir.resolve("logs"));
        console.line("\nCtrl-C stops it.\n");
    }

    private static void row(Console console, String what, String where) {
        console.line(String.format(Locale.ROOT, "  %-16s %s", what, where));
    }
}
