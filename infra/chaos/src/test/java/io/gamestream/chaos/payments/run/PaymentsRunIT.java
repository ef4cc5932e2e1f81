package io.gamestream.chaos.payments.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.kit.RunOptions;
import io.gamestream.chaos.payments.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A short run on the real parts; {@code ./backbone chaos payments} is the long one. */
class PaymentsRunIT {

    @Test
    void everyInvariantHoldsOverThreeKills() throws InterruptedException, IOException {
        Path dataDir = RunOptions.temporary("payments");
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Duration within = Duration.ofSeconds(15);
        // The module's directory is where its tests run.
        Path home = Path.of("../..").toAbsolutePath().normalize();
        PaymentsRun.Options options = new PaymentsRun.Options(
                seed,
                40,
                Plan.of(seed, 3, within),
                within,
                Duration.ofMinutes(3),
                Duration.ofMinutes(2),
                null,
                home,
                dataDir.toAbsolutePath());

        Outcome outcome = new PaymentsRun(options, new Silent()).run();

        assertThat(outcome.verdict().samples()).as("-Dchaos.seed=%d", seed).isEmpty();
        assertThat(outcome.verdict().held()).isTrue();
        assertThat(outcome.numbers()).as("-Dchaos.seed=%d", seed).containsEntry("orders", 40L);
        assertThat(outcome.numbers().get("charges")).as("-Dchaos.seed=%d", seed).isPositive();
        new RunOptions().deleteUnlessWanted(dataDir);
    }

    private static final class Silent implements RunListener {

        @Override
        public void phase(String what) {}

        @Override
        public void acted(Plan.Planned planned, Duration again) {}
    }
}
