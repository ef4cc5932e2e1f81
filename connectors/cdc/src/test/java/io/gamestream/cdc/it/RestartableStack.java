package io.gamestream.cdc.it;

import io.gamestream.local.stack.DataDirectory;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.LocalPorts;
import io.gamestream.local.stack.Part;
import io.gamestream.local.stack.StackPorts;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.local.testing.Stack;
import io.gamestream.runtime.connection.KafkaSettings;
import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.runtime.connection.RedisSettings;
import io.gamestream.runtime.connection.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker and a database that can go and come back, each for itself. */
final class RestartableStack implements Stack {

    private final Path directory;
    private final RegistrySettings registry;
    private final StackSettings brokerSettings;
    private final StackSettings postgresSettings;
    private @Nullable EmbeddedStack broker;
    private @Nullable EmbeddedStack database;

    private RestartableStack(
            Path directory, RegistrySettings registry, StackSettings brokerSettings, StackSettings postgresSettings) {
        this.directory = directory;
        this.registry = registry;
        this.brokerSettings = brokerSettings;
        this.postgresSettings = postgresSettings;
        this.broker = EmbeddedStack.start(brokerSettings);
        this.database = EmbeddedStack.start(postgresSettings);
    }

    static RestartableStack start(Path directory, RegistrySettings registry) {
        return new RestartableStack(
                directory,
                registry,
                StackSettings.ephemeral(directory.resolve("broker"))
                        .withParts(Part.KAFKA)
                        .withPorts(new StackPorts(LocalPorts.free(), 0, 0, 0)),
                StackSettings.ephemeral(directory.resolve("database"))
                        .withParts(Part.POSTGRES)
                        .withPorts(new StackPorts(0, LocalPorts.free(), 0, 0)));
    }

    void stopBroker() {
        EmbeddedStack running = Objects.requireNonNull(broker);
        broker = null;
        running.close();
    }

    void startBroker() {
        broker = EmbeddedStack.start(brokerSettings);
    }

    void restartPostgres() {
        EmbeddedStack running = Objects.requireNonNull(database);
        database = null;
        running.close();
        database = EmbeddedStack.start(postgresSettings);
    }

    /** A superuser's connection to the product's database. */
    Connection administrator() throws SQLException, IOException {
        String password = Files.readString(directory.resolve("database/postgres/admin-password"));
        return DriverManager.getConnection(postgres().jdbcUrl(), "postgres", password.strip());
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** After it was closed. */
    void delete() throws IOException {
        DataDirectory.delete(brokerSettings.dataDir());
        DataDirectory.delete(postgresSettings.dataDir());
        Files.delete(directory);
    }

    @Override
    public KafkaSettings kafka() {
        return Objects.requireNonNull(broker).kafka();
    }

    @Override
    public PostgresSettings postgres() {
        return Objects.requireNonNull(database).postgres();
    }

    @Override
    public RegistrySettings registry() {
        return registry;
    }

    @Override
    public RedisSettings redis() {
        // A capture doesn't know of it: nobody listens there.
        return new RedisSettings(URI.create("redis://127.0.0.1:1"));
    }

    @Override
    public void close() {
        try (EmbeddedStack first = broker;
                EmbeddedStack second = database) {
            broker = null;
            database = null;
        }
    }
}
