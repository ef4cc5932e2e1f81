package io.gamestream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamestream.runtime.connection.PostgresSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of a whole stack, or of its JVM alone, and the next start on its data. */
class KilledStackIT {

    @TempDir
    Path dir;

    private List<ProcessHandle> tree = List.of();

    @AfterEach
    void leaveNothingBehind() {
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasCommittedIsThereAfterTheNextStart(boolean childrenToo) throws Exception {
        Path data = dir.resolve("data");
        Process stack = startAnother(data);
        tree = Stream.concat(Stream.of(stack.toHandle()), stack.descendants()).toList();
        // Postgres with its own children, Redis and the registry.
        assertThat(tree).hasSizeGreaterThan(4);

        (childrenToo ? tree : List.of(stack.toHandle())).forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(10)).until(() -> !stack.isAlive());

        try (EmbeddedStack next = EmbeddedStack.start(StackSettings.ephemeral(data))) {
            assertThat(handleOfUser(next.postgres())).isEqualTo("ada");
            assertThat(tree).as("what the killed stack had left running").noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void aRunningStackKeepsItsDataToItself() throws Exception {
        Path data = dir.resolve("data");
        Process stack = startAnother(data);
        tree = Stream.concat(Stream.of(stack.toHandle()), stack.descendants()).toList();
        List<ProcessHandle> children = stack.children().toList();
        assertThatThrownBy(() -> EmbeddedStack.start(StackSettings.ephemeral(data)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("in use by process " + stack.pid());
        // Not the whole tree: Postgres' own children come and go.
        assertThat(stack.isAlive()).isTrue();
        assertThat(stack.children()).hasSameElementsAs(children);
    }

    private static Process startAnother(Path data) throws IOException, SQLException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        PostgresSettings postgres = PostgresAccounts.settings(awaitReady(process));
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO identity.users (id, handle) VALUES ('7', 'ada')");
        }
        return process;
    }

    private static int awaitReady(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(StackProcess.READY)) {
                return Integer.parseInt(
                        line.substring(StackProcess.READY.length()).strip());
            }
        }
        throw new AssertionError("the other stack did not start");
    }

    private static String handleOfUser(PostgresSettings postgres) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT handle FROM identity.users WHERE id = '7'")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
