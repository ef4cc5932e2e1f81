package io.gamestream.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.ChildJvm;
import io.gamestream.schemas.sessions.Play;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole data set, as an operator loads it: killed twice, run to the end, and run once more. */
class SteamLoadIT {

    private static final long ORDERS = 129_511;
    private static final long PLAYS = 70_489;
    private static final long SECONDS_PLAYED = 12_403_316_880L;

    /** Seconds suffice, but many builds may share a machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    /** What {@code ./backbone load} runs, in a JVM that can be killed. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            System.exit(new CommandLine(new LoadCommand()).execute(arguments));
        }
    }

    @Test
    void everyPurchaseAndPlayIsThereOnceHoweverOftenTheLoadIsKilled() throws Exception {
        Path data = SteamData.real();
        try (LoadStack stack = LoadStack.start(dir.resolve("stack"))) {
            killWhen(stack, data, () -> orders(stack) > 0);
            assertThat(orders(stack)).isBetween(1L, ORDERS - 1);

            killWhen(stack, data, () -> !stack.plays().isEmpty());
            assertThat(stack.plays()).hasSizeBetween(1, (int) PLAYS - 1);

            LoadSummary rest = run(stack, data);
            assertThat(rest.table()).endsWith("exactly once.");
            assertThat(rest.rows().get(3).added()).isBetween(1L, PLAYS - 1);
            checkAgainstTheFiles(stack);

            LoadSummary again = run(stack, data);
            assertThat(again.changedNothing()).as(again.table()).isTrue();
            checkAgainstTheFiles(stack);
        }
    }

    private static void checkAgainstTheFiles(LoadStack stack) throws SQLException {
        assertThat(stack.count("SELECT count(*) FROM identity.users")).isEqualTo(12_393);
        assertThat(stack.count("SELECT count(*) FROM catalog.games")).isEqualTo(5_155);
        assertThat(stack.count("SELECT count(*) FROM payments.orders WHERE status = 'PAID'"))
                .isEqualTo(ORDERS);
        // cut -f2 game_purchase.dat | sort | uniq -c | sort -rn | head -1
        assertThat(stack.count("SELECT max(n) FROM (SELECT count(*) AS n FROM payments.orders,"
                        + " jsonb_array_elements(lines) AS line GROUP BY line ->> 'gameId') AS sold"))
                .isEqualTo(4_841);
        assertThat(stack.count("SELECT count(*) FROM payments.orders WHERE total_minor <>"
                        + " (lines -> 0 ->> 'unitPriceMinor')::bigint"))
                .isZero();
        List<Play> plays = stack.plays();
        assertThat(plays).hasSize((int) PLAYS);
        assertThat(plays.stream().map(Play::getId).collect(Collectors.toSet())).hasSize((int) PLAYS);
        // awk '{s += $3} END {print s}' game_play.dat, in hours
        assertThat(plays.stream().mapToLong(Play::getPlayedSeconds).sum()).isEqualTo(SECONDS_PLAYED);
    }

    private static LoadSummary run(LoadStack stack, Path data) {
        try (ConsoleProgress view = ConsoleProgress.standard()) {
            LoadSummary summary = new SteamLoad(
                            stack.stack().postgres(),
                            stack.stack().kafka(),
                            stack.stack().registry(),
                            view)
                    .run(data);
            view.say(summary.table());
            return summary;
        }
    }

    private void killWhen(LoadStack stack, Path data, Callable<Boolean> moment)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("steam", "--dir", data.toString()));
        arguments.addAll(
                List.of("--set", "postgres.port=" + stack.stack().postgres().port()));
        arguments.addAll(
                List.of("--set", "postgres.user=" + stack.stack().postgres().user()));
        arguments.addAll(
                List.of("--set", "postgres.password=" + stack.stack().postgres().password()));
        arguments.addAll(List.of(
                "--set", "kafka.bootstrap-servers=" + stack.stack().kafka().bootstrapServers()));
        arguments.addAll(
                List.of("--set", "registry.url=" + stack.stack().registry().url()));
        Path log = dir.resolve("child.log");
        Process child = ChildJvm.of(List.of("-Xmx256m"), Child.class, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(child.isAlive())
                        .as(() -> "still loading: " + contentOf(log.toFile()))
                        .isTrue();
                return moment.call();
            });
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static long orders(LoadStack stack) throws SQLException {
        return stack.count("SELECT count(*) FROM payments.orders");
    }
}
