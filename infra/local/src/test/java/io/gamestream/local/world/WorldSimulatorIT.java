package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.load.LoadStack;
import io.gamestream.local.stack.EmbeddedStack;
import io.gamestream.local.stack.StackPorts;
import io.gamestream.local.stack.StackSettings;
import io.gamestream.schemas.sessions.Play;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One world on a real stack: made, moved, cut off, left and taken up again. */
class WorldSimulatorIT {

    private static final WorldSettings SETTINGS = new WorldSettings(42, 200, 100, 400, 500, 300, Duration.ofMinutes(1));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    @Test
    void aWorldOutlivesItsStackAndItsSimulator() throws Exception {
        StackSettings where = StackSettings.ephemeral(dir.resolve("stack")).withPorts(freePorts());
        WorldSimulator first;
        try (LoadStack stack = LoadStack.start(where)) {
            first = start(stack.stack(), SETTINGS);
            first.seeded().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(stack.plays().stream().filter(play -> play.getId().startsWith("p-0-")))
                    .hasSize(SETTINGS.plays());
            assertThat(stack.count("SELECT pg_relation_size(reltoastrelid) FROM pg_class"
                            + " WHERE oid = 'catalog.games'::regclass"))
                    .as("descriptions stored out of line")
                    .isGreaterThan(20_000);
            awaitActions(first, 500);
            assertThat(first.counters().errors()).isZero();
            assertThat(stack.count("SELECT count(*) FROM payments.orders WHERE status = 'PAID'"))
                    .isGreaterThan(SETTINGS.orders());
        }
        await().atMost(PATIENCE).until(() -> first.counters().errors() > 0);
        long before = first.counters().total();

        try (LoadStack stack = LoadStack.start(where)) {
            awaitActions(first, before + 300);
            first.close();
            long plays = first.counters().plays();
            assertThat(first.counters().of("PlayGame")).isEqualTo(plays);
            long boughtBefore = stack.count("SELECT orders FROM world.state");

            try (WorldSimulator second = start(stack.stack(), SETTINGS)) {
                awaitActions(second, 600);
                second.close();
                plays += second.counters().plays();
                assertThat(second.counters().errors())
                        .as("%s", second.counters())
                        .isZero();
            }
            checkThatNothingIsThereTwice(stack, plays, boughtBefore);

            try (WorldSimulator other = start(stack.stack(), otherSeed())) {
                assertThatThrownBy(() -> other.seeded().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .hasCauseInstanceOf(WorldMismatch.class)
                        .hasMessageContaining("local.world.seed: 43 (expected: 42");
            }
        }
    }

    private static void checkThatNothingIsThereTwice(LoadStack stack, long plays, long boughtBefore)
            throws SQLException {
        List<Play> found = stack.plays();
        assertThat(found.stream().map(Play::getId)).doesNotHaveDuplicates();
        assertThat(found).hasSize(SETTINGS.plays() + (int) plays);
        assertThat(stack.count("SELECT boots FROM world.state")).isEqualTo(2);
        assertThat(stack.count("SELECT orders FROM world.state")).isGreaterThan(boughtBefore);
        assertThat(stack.count("SELECT count(*) FROM payments.orders"))
                .isEqualTo(stack.count("SELECT orders FROM world.state"));
        assertThat(stack.count("SELECT count(*) FROM payments.orders o WHERE NOT EXISTS"
                        + " (SELECT FROM identity.users u WHERE u.id = o.user_id)"))
                .isZero();
    }

    private static void awaitActions(WorldSimulator simulator, long total) {
        await().atMost(PATIENCE).until(() -> simulator.counters().total() >= total);
    }

    private static WorldSimulator start(EmbeddedStack stack, WorldSettings settings) {
        WorldSimulator simulator = WorldSimulator.start(settings, stack.postgres(), stack.kafka(), stack.registry());
        simulator.move();
        return simulator;
    }

    private static WorldSettings otherSeed() {
        return new WorldSettings(43, 200, 100, 400, 500, 300, Duration.ofMinutes(1));
    }

    /** The same for both starts, or the simulator would not find the stack again. */
    private static StackPorts freePorts() throws IOException {
        try (ServerSocket a = free();
                ServerSocket b = free();
                ServerSocket c = free();
                ServerSocket d = free()) {
            return new StackPorts(a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort());
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
