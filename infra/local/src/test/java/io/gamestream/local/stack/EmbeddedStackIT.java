package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.runtime.connection.PostgresSettings;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {

    @TempDir
    Path dir;

    @Test
    void dataOutlivesTheStackAndNoProcessDoes() throws Exception {
        StackSettings settings = StackSettings.ephemeral(dir.resolve("data"));
        int schemaId;
        try (EmbeddedStack stack = EmbeddedStack.start(settings)) {
            assertThat(topics(stack))
                    .containsAll(
                            TopicCatalogue.all().stream().map(TopicSpec::name).toList());
            assertThat(query(stack.postgres(), "SHOW wal_level")).isEqualTo("logical");
            assertThat(query(stack.postgres(), "SHOW fsync")).isEqualTo("on");
            schemaId = Keepsakes.of(stack).leave();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();

        try (EmbeddedStack stack = EmbeddedStack.start(settings)) {
            Keepsakes.of(stack).verify(schemaId);
        }
    }

    @Test
    void theProductsUserIsNoSuperuserAndCanMakeWhatChangeDataCaptureNeeds() throws SQLException {
        try (EmbeddedStack stack =
                EmbeddedStack.start(StackSettings.ephemeral(dir.resolve("data")).withParts(Part.POSTGRES))) {
            PostgresSettings postgres = stack.postgres();
            assertThat(query(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            update(postgres, "CREATE PUBLICATION p FOR TABLE identity.users");
            assertThat(query(postgres, "SELECT slot_name FROM pg_create_logical_replication_slot('s', 'pgoutput')"))
                    .isEqualTo("s");
        }
    }

    @Test
    void aSecondStartOnTheSameDataIsRefused() {
        StackSettings settings = StackSettings.ephemeral(dir.resolve("data")).withParts(Part.REDIS);
        try (EmbeddedStack running = EmbeddedStack.start(settings)) {
            assertThat(running.redis().url().getPort()).isPositive();
            assertThatThrownBy(() -> EmbeddedStack.start(settings))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void eachBusyPortIsNamedWithItsSetting() throws IOException {
        try (ServerSocket kafka = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackPorts ports = new StackPorts(kafka.getLocalPort(), 0, redis.getLocalPort(), 0);
            StackSettings settings =
                    StackSettings.ephemeral(dir.resolve("data")).withPorts(ports);
            assertThatThrownBy(() -> EmbeddedStack.start(settings))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(
                            "port " + kafka.getLocalPort() + " for kafka is in use (setting stack.ports.kafka)")
                    .hasMessageContaining(
                            "port " + redis.getLocalPort() + " for redis is in use (setting stack.ports.redis)");
        }
    }

    @Test
    void somebodyElsesDirectoryIsLeftAlone() throws IOException {
        Path photos = Files.createDirectory(dir.resolve("photos"));
        Files.writeString(photos.resolve("cat.jpg"), "meow");
        assertThatThrownBy(() -> EmbeddedStack.start(StackSettings.ephemeral(photos)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("holds something else than a stack's data");
        assertThatThrownBy(() -> DataDirectory.wipe(photos)).isInstanceOf(StackException.class);
        assertThat(photos.resolve("cat.jpg")).exists();
        assertThat(photos.resolve("lock")).doesNotExist();
    }

    @Test
    void aPartThatDoesNotStartTakesTheOthersDownAndSaysWhy() throws IOException {
        Path data = dir.resolve("data");
        StackSettings settings = StackSettings.ephemeral(data).withParts(Part.REDIS, Part.KAFKA);
        try (EmbeddedStack stack = EmbeddedStack.start(settings)) {
            assertThat(stack.kafka().bootstrapServers()).isNotBlank();
        }
        Files.writeString(data.resolve("redis").resolve("appendonly.aof"), "not an append-only file");
        assertThatThrownBy(() -> EmbeddedStack.start(settings))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Redis did not start")
                .hasMessageContaining("Bad file format");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private static Set<String> topics(EmbeddedStack stack) throws Exception {
        try (Admin admin = Admin.create(stack.kafka().clientProperties())) {
            return admin.listTopics().names().get();
        }
    }

    private static String query(PostgresSettings postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getString(1);
        }
    }

    private static void update(PostgresSettings postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
