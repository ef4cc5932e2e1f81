package io.gamestream.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.sessions.SessionWorld;
import io.gamestream.local.sessions.SessionWorldSettings;
import io.gamestream.local.sessions.SessionWorldSettings.Hosts;
import io.gamestream.local.sessions.SessionWorldSettings.Players;
import io.gamestream.local.sessions.SessionWorldSettings.Site;
import io.gamestream.local.sessions.SessionWorldSettings.Trouble;
import io.gamestream.local.stack.FreeGames;
import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.local.world.WorldSettings;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.topology.session.SessionService;
import io.gamestream.topology.streams.StreamsService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The world's players and hosts over HTTP, with all that goes wrong with them, at ten times the usual speed. */
@ExtendWith(StackExtension.class)
class SessionWorldIT {

    private static final int GAMES = 20;
    private static final WorldSettings PEOPLE = new WorldSettings(7, 300, GAMES, 0, 0, 0, Duration.ofHours(24));

    @TempDir
    private static Path stateDir;

    private final Queue<String> news = new ConcurrentLinkedQueue<>();

    @Test
    void playersComeWaitPlayAndGoWhileHostsDieAreDrainedAndFlap(Stack stack) throws Exception {
        FreeGames.publish(
                stack.kafka(),
                stack.registry(),
                IntStream.rangeClosed(1, GAMES)
                        .mapToObj(i -> FreeGames.of("g-" + i, i % 3 == 0 ? GpuClass.PERFORMANCE : GpuClass.STANDARD))
                        .toArray(Game[]::new));
        Settings settings = Settings.load(null, System.getenv(), overrides(stack));
        try (StreamsService sessions = SessionService.start(settings);
                RouterService router = RouterService.start(settings);
                SessionWorld world = SessionWorld.start(
                        fast(), PEOPLE, URI.create("http://127.0.0.1:" + router.port()), news::add)) {
            world.move();
            await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
                assertThat(world.counters().ended()).isGreaterThan(40);
                assertThat(world.counters().moved()).isPositive();
                assertThat(told("waits at .* number \\d+")).isTrue();
                assertThat(told("dies with [1-9]\\d* session")).isTrue();
                assertThat(told("plays on at .* instead of")).isTrue();
                assertThat(told("is empty after")).isTrue();
                assertThat(told("is back in service")).isTrue();
                assertThat(told("is back on the same slot")).isTrue();
                assertThat(told("falls silent")).isTrue();
            });
            assertThat(world.counters().twice())
                    .as("sessions that ran on two hosts, by the hosts' own word")
                    .isZero();
        }
    }

    private boolean told(String what) {
        return news.stream().anyMatch(line -> line.matches(".*" + what + ".*"));
    }

    private static SessionWorldSettings fast() {
        return new SessionWorldSettings(
                List.of(
                        new Site("eu-west-1", "eu-west", 51.5, -0.1, 6),
                        new Site("us-east-1", "us-east", 39, -77.5, 6)),
                new Hosts(3, ms(300), true, ms(3_000), ms(100), ms(100)),
                new Players(0.9, Duration.ofSeconds(20), ms(4_000), 0.7, ms(20_000), ms(15_000), 0.1, 0.3, 0.3),
                new Trouble(ms(12_000), ms(6_000), ms(15_000), ms(5_000), ms(20_000), ms(1_800)));
    }

    private static Duration ms(long n) {
        return Duration.ofMillis(n);
    }

    private static Map<String, String> overrides(Stack stack) {
        Map<String, String> all = stack.connectionSettings();
        all.put("sessions.http.port", "0");
        all.put("sessions.tick", "200ms");
        all.put("sessions.policy.lease", "3s");
        all.put("sessions.policy.lease-margin", "500ms");
        all.put("sessions.detector.suspect-after", "1500ms");
        all.put("sessions.detector.longest-beat", "1200ms");
        all.put("sessions.detector.report-every", "2s");
        all.put("sessions.detector.stable-after", "1s");
        all.put("session-router.http.port", "0");
        all.put("session-router.probe-after", "800ms");
        all.put("streams.state-dir", stateDir.toString());
        all.put("streams.session-timeout", "2s");
        return all;
    }
}
