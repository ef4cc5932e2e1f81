package io.gamestream.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamestream.local.service.ServiceInstance;
import io.gamestream.local.service.ServiceStage;
import io.gamestream.local.service.ServiceTable;
import io.gamestream.local.service.WhenItDies;
import io.gamestream.local.stack.SecuredStack;
import io.gamestream.local.stack.SecuredStack.Certificates;
import io.gamestream.runtime.connection.PostgresSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every service on somebody else's cluster: TLS and passwords everywhere, found by a settings file alone. */
class SecuredStackIT {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static SecuredStack stack;
    private static PasswordDoor door;

    @BeforeAll
    static void start() throws Exception {
        Product.endShared();
        // Postgres may have to run as another user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Certificates certificates = NewCertificates.in(directory);
        stack = SecuredStack.start(directory.resolve("stack"), certificates);
        door = new PasswordDoor(URI.create(stack.registry().url()), certificates);
        writeSettings(certificates);
    }

    @AfterAll
    static void stop() {
        if (door != null) {
            door.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aRowThatChangesIsReadOverHttp() throws Exception {
        execute("INSERT INTO catalog.games (id, title, price_minor) VALUES ('tls-1', 'Under Lock and Key', 100)");
        try (ServiceStage services =
                new ServiceStage(Path.of("..", ".."), directory.resolve("services"), List.of(), WhenItDies.LEAVE_IT)) {
            Map<String, ServiceInstance> running = services.startTogether(
                    ServiceTable.all(), "--config", settingsFile().toString());
            for (ServiceInstance service : running.values()) {
                service.awaitReady(READY_WITHIN);
            }
            String game = Objects.requireNonNull(running.get("serving-api")).url() + "/v1/games/tls-1";
            await().atMost(READY_WITHIN).until(() -> get(game).statusCode() == 200);
            execute("UPDATE catalog.games SET price_minor = 250, updated_at = now() WHERE id = 'tls-1'");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(get(game).body()).contains("\"amountMinor\":250"));
        }
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void nobodyGetsInWithoutTlsAndPassword() throws Exception {
        PostgresSettings postgres = stack.postgres();
        assertThatThrownBy(() -> DriverManager.getConnection(
                        postgres.jdbcUrl() + "?sslmode=disable", postgres.user(), postgres.password()))
                .hasMessageContaining("no encryption");
        try (Admin nobody = Admin.create(Map.of(
                "bootstrap.servers",
                stack.kafka().bootstrapServers(),
                "default.api.timeout.ms",
                2_000,
                "request.timeout.ms",
                1_000))) {
            assertThatThrownBy(() -> nobody.describeCluster().clusterId().get())
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        assertThatThrownBy(() -> get(door.url() + "/subjects")).hasMessageContaining("PKIX");
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void execute(String sql) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(stack.postgres().properties());
        properties.setProperty("user", stack.postgres().user());
        properties.setProperty("password", stack.postgres().password());
        try (Connection connection =
                        DriverManager.getConnection(stack.postgres().jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path settingsFile() {
        return directory.resolve("settings.json");
    }

    private static void writeSettings(Certificates certificates) throws Exception {
        PostgresSettings postgres = stack.postgres();
        Map<String, Object> backbone = Map.of(
                "kafka",
                Map.of(
                        "bootstrap-servers",
                        stack.kafka().bootstrapServers(),
                        "properties",
                        stack.kafka().properties()),
                "postgres",
                Map.of("host", postgres.host(), "port", postgres.port(), "properties", postgres.properties()),
                "registry",
                Map.of(
                        "url",
                        door.url(),
                        "properties",
                        Map.of(
                                "basic.auth.credentials.source",
                                "USER_INFO",
                                "basic.auth.user.info",
                                PasswordDoor.USER + ":" + PasswordDoor.PASSWORD,
                                "schema.registry.ssl.truststore.location",
                                certificates.trustStore().toString(),
                                "schema.registry.ssl.truststore.password",
                                certificates.password())));
        new ObjectMapper().writeValue(settingsFile().toFile(), Map.of("backbone", backbone));
    }
}
