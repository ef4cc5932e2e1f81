package io.gamestream.chaos.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.chaos.cdc.plan.Done;
import io.gamestream.chaos.cdc.plan.Plan;
import io.gamestream.chaos.cdc.script.Script;
import io.gamestream.chaos.cdc.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run on the real parts; {@code ./backbone chaos cdc} is the long one. */
class CdcRunIT {

    @Test
    void losesRepeatsAndReordersNothingOverThreeKills(@TempDir Path dataDir) throws InterruptedException {
        long seed = Long.getLong("chaos.seed", ThreadLocalRandom.current().nextInt(1, 1_000_000));
        Plan plan = Plan.of(seed, new Plan.Wish(3, 0, 0, 0, Duration.ofSeconds(2)));
        Workload.Load load = new Workload.Load(3, 1_500, 2_400, new Script.Sizes(1_600, 200, 800));
        // The module's directory is where its tests run.
        Path home = Path.of("../..").toAbsolutePath().normalize();

        Outcome outcome = new CdcRun(new CdcRun.Options(seed, plan, load, home, dataDir), new Silent()).run();

        assertThat(outcome.verdict().samples()).as("-Dchaos.seed=%d", seed).isEmpty();
        assertThat(outcome.complaints()).as("-Dchaos.seed=%d", seed).isEmpty();
        assertThat(outcome.exits()).as("-Dchaos.seed=%d", seed).isEmpty();
        assertThat(outcome.held()).isTrue();
    }

    private static final class Silent implements RunListener {

        @Override
        public void stackReady(Duration took) {}

        @Override
        public void acted(Done done, int of) {}

        @Override
        public void checking() {}
    }
}
