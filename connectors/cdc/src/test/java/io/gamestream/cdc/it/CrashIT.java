package io.gamestream.cdc.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StackExtension.class)
class CrashIT {

    private static final int KILLS = Integer.getInteger("cdc.kills", 3);
    private static final long SEED = Long.getLong("cdc.seed", System.nanoTime());

    private final Stack stack;

    CrashIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void losesRepeatsAndReordersNothingWhenKilled() throws Exception {
        try (CaptureFixture capture = new CaptureFixture(stack, "crash");
                Connection first = capture.connect();
                Connection second = capture.connect()) {
            capture.rows("rows");
            // Small, so that transactions are cut and cut again.
            capture.set("cdc.transaction.max-rows", "700").set("cdc.engine.max-batch-size", "512");
            capture.set("cdc.engine.max-queue-size", "2048");
            Workload[] loads = {
                new Workload(first, capture.table("rows"), "a", SEED),
                new Workload(second, capture.table("rows"), "b", SEED + 1)
            };
            Random random = new Random(SEED + 2);
            System.out.println("seed " + SEED);
            for (int kill = 0; kill <= KILLS; kill++) {
                long before = capture.written("rows");
                try (ChildCapture child = ChildCapture.start(capture.overrides())) {
                    if (kill == 0) {
                        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(child.output())
                                .contains("the first snapshot is complete"));
                    }
                    // A capture that has done nothing yet proves nothing when it is killed.
                    int transactions = 0;
                    while (transactions < 20 || capture.written("rows") <= before) {
                        if (transactions < 40) {
                            loads[random.nextInt(2)].transaction();
                        }
                        assertThat(child.running()).as(child.output()).isTrue();
                        transactions++;
                    }
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500));
                    while (System.nanoTime() < end) {
                        loads[random.nextInt(2)].transaction();
                    }
                    if (kill < KILLS) {
                        child.kill();
                    } else {
                        verify(capture, loads, child);
                    }
                }
            }
        }
    }

    private void verify(CaptureFixture capture, Workload[] loads, ChildCapture child) {
        Map<String, List<String>> expected = new HashMap<>();
        for (Workload load : loads) {
            expected.putAll(load.history());
        }
        long rows = loads[0].rows() + loads[1].rows();
        try (TopicReader reader = new TopicReader(stack, capture.topic("rows"))) {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        assertThat(child.running()).as(child.output()).isTrue();
                        return reader.all().size() >= rows;
                    });
            assertThat(reader.all()).as("rows, seed " + SEED).hasSize((int) rows);
            assertThat(reader.history())
                    .as("what each key went through, seed " + SEED)
                    .isEqualTo(expected);
            System.out.println(rows + " changes of " + expected.size() + " keys, " + KILLS + " kills: all equal");
        }
    }
}
