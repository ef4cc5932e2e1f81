package io.gamestream.chaos.sessions.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.sessions.plan.Act;
import io.gamestream.chaos.sessions.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run on the real parts; {@code ./backbone chaos sessions} is the long one. */
class SessionsRunIT {

    @Test
    void everyGateHoldsOverAKillAndDyingHosts(@TempDir Path dataDir) throws InterruptedException {
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Duration within = Duration.ofSeconds(20);
        // The module's directory is where its tests run.
        Path home = Path.of("../..").toAbsolutePath().normalize();
        SessionsRun.Options options = new SessionsRun.Options(
                seed,
                Plan.of(seed, List.of(Act.KILL_SESSIONS, Act.CRASH_HOSTS), within),
                within,
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                null,
                home,
                dataDir.toAbsolutePath());

        Outcome outcome = new SessionsRun(options, new Silent()).run();

        assertThat(outcome.verdict().samples()).as("-Dchaos.seed=%d", seed).isEmpty();
        assertThat(outcome.numbers().get("grants")).as("-Dchaos.seed=%d", seed).isGreaterThan(20);
        assertThat(outcome.exits()).isEmpty();
    }

    private static final class Silent implements RunListener {

        @Override
        public void phase(String what) {}

        @Override
        public void acted(Plan.Planned planned, String took) {}
    }
}
