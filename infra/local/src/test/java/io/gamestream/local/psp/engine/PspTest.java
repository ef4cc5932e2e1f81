package io.gamestream.local.psp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Command;
import io.gamestream.local.psp.core.Fate;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.IntentStatus;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.local.psp.log.Entry;
import io.gamestream.local.psp.log.TruthLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider under random histories, and after its death. */
class PspTest {

    @TempDir
    Path dir;

    private static Command.CreateIntent purchase(long amount, boolean manual, boolean confirm) {
        return new Command.CreateIntent(amount, "eur", manual, confirm, "pm_card_visa", null, Map.of("order_id", "o"));
    }

    @Property(tries = 200)
    void moneyIsNeverTakenTwiceNorGivenBackTwice(@ForAll long seed) throws Exception {
        Path at = Files.createTempDirectory("psp");
        List<Object> before;
        try (Psp psp = Psps.open(at)) {
            new RandomClient(psp, seed).run(60);
            assertSound(psp);
            before = Psps.contents(psp);
        }
        try (Psp again = Psps.open(at)) {
            assertThat(Psps.contents(again)).as("rebuilt from the log alone").isEqualTo(before);
        }
        Files.delete(at.resolve("psp-truth.jsonl"));
        Files.delete(at);
    }

    /** A seed that once did. */
    @Test
    void aWrongAmountIsNeverNothing() throws Exception {
        moneyIsNeverTakenTwiceNorGivenBackTwice(17_235);
    }

    private static void assertSound(Psp psp) {
        for (Intent intent : psp.state().intents().newestFirst(null).toList()) {
            assertThat(Psps.succeeded(psp, intent.id())).isLessThanOrEqualTo(1);
            assertThat(intent.received()).isBetween(0L, intent.amount());
            assertThat(intent.status() == IntentStatus.SUCCEEDED).isEqualTo(intent.received() > 0);
        }
        for (Charge charge : psp.state().charges().newestFirst(null).toList()) {
            long refunds = psp.state()
                    .refunds()
                    .newestFirst(null)
                    .filter(refund -> refund.charge().equals(charge.id()) && refund.status() != Refund.Status.FAILED)
                    .mapToLong(Refund::amount)
                    .sum();
            assertThat(charge.refunded()).isEqualTo(refunds).isBetween(0L, charge.captured());
            assertThat(charge.captured()).isLessThanOrEqualTo(charge.amount());
            long rows = psp.state()
                    .rows()
                    .newestFirst(null)
                    .filter(row -> row.source().equals(charge.id()))
                    .mapToLong(row -> row.amount())
                    .sum();
            assertThat(rows).isEqualTo(charge.captured());
        }
    }

    /** Asks for anything, in any order. */
    private static final class RandomClient {

        private final Psp psp;
        private final SplittableRandom random;
        private long now = 1_763_700_000_000L;

        private RandomClient(Psp psp, long seed) {
            this.psp = psp;
            this.random = new SplittableRandom(seed);
        }

        private void run(int steps) {
            for (int i = 0; i < steps; i++) {
                now += random.nextInt(4_000);
                while (psp.work(fate(), now)) {
                    assertThat(psp.state().openTasks()).isGreaterThanOrEqualTo(0);
                }
                psp.execute(request(), Psps.cause("k" + i), fate(), mask(), now);
            }
        }

        private Psp.@Nullable Mask mask() {
            int drawn = random.nextInt(12);
            return drawn == 0 ? Psp.Mask.WITH_EFFECT : drawn == 1 ? Psp.Mask.WITHOUT_EFFECT : null;
        }

        private Fate fate() {
            return new Fate(
                    random.nextInt(4) == 0 ? "do_not_honor" : null,
                    random.nextInt(5) == 0,
                    random.nextBoolean(),
                    random.nextInt(5) == 0,
                    random.nextBoolean(),
                    random.nextInt(6) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(3) == 0,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(3) == 0);
        }

        private Command.Request request() {
            String intent =
                    any(psp.state().intents().newestFirst(null).map(Intent::id).toList());
            String charge =
                    any(psp.state().charges().newestFirst(null).map(Charge::id).toList());
            Long amount = random.nextBoolean() ? null : (long) random.nextInt(1, 1_500);
            return switch (random.nextInt(8)) {
                case 0 -> purchase(random.nextInt(1, 2_000), random.nextBoolean(), random.nextBoolean());
                case 1, 2 -> new Command.ConfirmIntent(intent, "pm_card_visa");
                case 3 -> new Command.CaptureIntent(intent, amount);
                case 4 -> new Command.CancelIntent(intent, null);
                case 5 -> new Command.CreateRefund(null, charge, amount, null, Map.of());
                case 6 -> new Command.CreateRefund(intent, null, amount, null, Map.of());
                default -> new Command.UpdateIntent(intent, amount, null, Map.of("a", "b"));
            };
        }

        private String any(List<String> ids) {
            return ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
        }
    }

    @Test
    void aHalfWrittenLineIsCutOffAndTheRestIsThere() throws Exception {
        List<Object> before;
        try (Psp psp = Psps.open(dir)) {
            psp.execute(purchase(1_000, false, true), Psps.cause("k1"), Fate.KIND, null, 1_000);
            before = Psps.contents(psp);
        }
        Path file = dir.resolve("psp-truth.jsonl");
        Files.writeString(file, "{\"kind\":\"change\",\"seq\":1,\"at\":", StandardOpenOption.APPEND);
        try (Psp psp = Psps.open(dir)) {
            assertThat(Psps.contents(psp)).isEqualTo(before);
            psp.execute(purchase(1_000, false, true), Psps.cause("k2"), Fate.KIND, null, 2_000);
        }
        List<Entry> entries = new ArrayList<>();
        TruthLog.read(file, (entry, ref) -> entries.add(entry));
        assertThat(entries).hasSize(2);
    }

    @Test
    void damageInTheMiddleIsNamedAndNotPassedOver() throws Exception {
        Path file = dir.resolve("psp-truth.jsonl");
        Files.writeString(file, "not json\n{\"kind\":\"plan\",\"at\":1}\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Psps.open(dir))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged at byte 0");
    }

    @Test
    void twoProvidersDoNotShareALog() throws Exception {
        try (Psp first = Psps.open(dir)) {
            assertThat(first.keys()).isZero();
            assertThatThrownBy(() -> Psps.open(dir))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another");
        }
    }

    @Test
    void memoryIsBoundedAndTheLogIsNot() throws Exception {
        Retention few = new Retention(10, 12, 14, 86_400_000);
        Path file = dir.resolve("psp-truth.jsonl");
        try (Psp psp = Psp.open(file, Psps.TERMS, few, 42)) {
            for (int i = 0; i < 100; i++) {
                psp.execute(purchase(1_000, false, true), Psps.cause("k" + i), Fate.KIND, null, i);
            }
            assertThat(psp.state().intents().size()).isEqualTo(10);
            assertThat(psp.state().charges().size()).isEqualTo(10);
            assertThat(psp.events().size()).isEqualTo(12);
            assertThat(psp.keys()).isEqualTo(14);
            assertThat(psp.state().openTasks()).isZero();
        }
        List<Entry> entries = new ArrayList<>();
        TruthLog.read(file, (entry, ref) -> entries.add(entry));
        assertThat(entries).hasSize(100);
    }

    @Test
    void aKeyThatHasExpiredIsAsGoodAsNew() throws Exception {
        Retention shortLived = new Retention(10, 100, 100, 1_000);
        try (Psp psp = Psp.open(dir.resolve("psp-truth.jsonl"), Psps.TERMS, shortLived, 42)) {
            psp.execute(purchase(1_000, false, true), Psps.cause("k1"), Fate.KIND, null, 0);
            assertThat(psp.begin(Psps.cause("k1"), "k1", 999)).isPresent();
            assertThat(psp.begin(Psps.cause("k1"), "k1", 1_000)).isEmpty();
        }
    }

    @Test
    void anAuthorizationIsReleasedInTheEnd() throws Exception {
        try (Psp psp = Psps.open(dir)) {
            String id = String.valueOf(psp.execute(purchase(1_000, true, true), Psps.cause("k1"), Fate.KIND, null, 0)
                    .answer()
                    .object());
            assertThat(psp.work(Fate.KIND, 999_999)).isFalse();
            assertThat(psp.work(Fate.KIND, 1_000_000)).isTrue();
            Intent expired = psp.state().intent(id).orElseThrow();
            assertThat(expired.status()).isEqualTo(IntentStatus.CANCELED);
            assertThat(expired.cancellationReason()).isEqualTo("automatic");
        }
    }
}
