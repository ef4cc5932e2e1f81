package io.gamestream.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.payments.MovableClock;
import io.gamestream.payments.psp.Sim;
import io.gamestream.payments.reconcile.PlantedBooks.Charged;
import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.ReconciliationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service between a real broker and the simulator, with a mismatch of each kind planted on one of the sides. */
@ExtendWith(StackExtension.class)
class ReconciliationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AGREED = 12;

    @TempDir
    Path dir;

    private final Stack stack;
    private final AvroSerdes serdes;
    private final LocalTopics topics;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final MovableClock clock = new MovableClock(now.minus(Duration.ofHours(5)));

    ReconciliationIT(Stack stack) {
        this.stack = stack;
        this.serdes = new AvroSerdes(stack.registry());
        this.topics = new LocalTopics(stack, serdes);
    }

    @Test
    void reportsEachPlantedMismatchUnderItsNameAndNothingElse() throws Exception {
        try (Sim sim = new Sim(dir, clock)) {
            PlantedBooks books = new PlantedBooks(Sim.provider(sim.settings(Duration.ofSeconds(5))), clock);
            for (int i = 0; i < AGREED; i++) {
                books.agreed(order("ok-" + i));
            }
            books.refunded(books.agreed(order("refunded")), 500);
            Charged unposted = unposted(books, "missing-local");
            PaymentView canceled = canceled(books);
            TreeSet<String> planted = new TreeSet<>(List.of(
                    "MISSING_LOCAL:" + unposted.intent(),
                    "MISSING_PSP:" + invented(books),
                    "AMOUNT:" + otherAmount(sim, books),
                    "CURRENCY:" + otherCurrency(books),
                    "STATUS:" + canceled.getIntentId(),
                    "DUPLICATE:" + chargedAgain(books),
                    "DUPLICATE:" + chargedAgainAndPosted(books),
                    "DUPLICATE:" + postedAgain(books),
                    "FEE:" + otherFee(books)));
            clock.moveTo(now.minus(Duration.ofMinutes(5)));
            Charged young = unposted(books, "young");
            planted.add("TIMING:" + young.intent());
            topics.write(books.ledger, books.journal, true);
            topics.write(books.ledger, books.journal, false);
            Map<TopicPartition, Long> breaks = topics.end(PaymentTopics.RECONCILIATION_BREAKS);

            ReconciliationReport report = firstReport(sim);

            List<ReconciliationBreak> found = since(breaks);
            assertThat(found).extracting(ReconciliationBreak::getBreakId).containsExactlyInAnyOrderElementsOf(planted);
            assertThat(found).extracting(ReconciliationBreak::getStatus).containsOnly(BreakStatus.OPEN);
            assertThat(found).extracting(ReconciliationBreak::getOrderId).doesNotContainNull();
            assertThat(report.getComplete()).isTrue();
            assertThat(report.getBreaks().stream().mapToLong(count -> count.getOpen()))
                    .containsOnly(1L, 3L);

            Map<TopicPartition, Long> second = topics.end(PaymentTopics.RECONCILIATION_BREAKS);
            assertThat(reconciliation(sim, InstantSource.system()).run().open()).hasSameSizeAs(planted);
            assertThat(since(second)).as("what is known already").isEmpty();

            // The journal alone has healed, and the run is so late that nothing of it is in the window.
            topics.write(List.of(), List.of(healed(canceled)), true);
            reconciliation(sim, InstantSource.fixed(now.plus(Duration.ofHours(30))))
                    .run();
            assertThat(since(second))
                    .filteredOn(known -> known.getStatus() == BreakStatus.CLOSED)
                    .extracting(ReconciliationBreak::getBreakId)
                    .containsExactlyInAnyOrder("STATUS:" + canceled.getIntentId(), "TIMING:" + young.intent());
            assertThat(since(second))
                    .filteredOn(known -> known.getStatus() == BreakStatus.OPEN)
                    .extracting(ReconciliationBreak::getBreakId)
                    .contains("MISSING_LOCAL:" + unposted.intent(), "MISSING_LOCAL:" + young.intent());
        }
    }

    /** The PSP has charged, and the ledger has no more than the fee. */
    private Charged unposted(PlantedBooks books, String name) {
        Charged charged = books.charge(order(name), 1);
        books.fee(charged, charged.feeMinor());
        books.view(charged.order(), charged.intent());
        return charged;
    }

    /** The PSP knows nothing of it. */
    private String invented(PlantedBooks books) {
        String order = order("missing-psp");
        Charged charged = new Charged(order, "pi_" + order, "ch_" + order, "txn_" + order, 0);
        books.post(charged, PostingKind.CAPTURE, charged.intent(), "EUR", PlantedBooks.PRICE);
        books.view(order, charged.intent());
        return charged.intent();
    }

    /** The PSP took less than it was asked for. */
    private String otherAmount(Sim sim, PlantedBooks books) throws Exception {
        sim.script("create", "wrong-amount");
        return books.agreed(order("amount")).intent();
    }

    private String otherCurrency(PlantedBooks books) {
        Charged charged = books.charge(order("currency"), 1);
        books.post(charged, PostingKind.CAPTURE, charged.intent(), "USD", PlantedBooks.PRICE);
        books.fee(charged, charged.feeMinor());
        books.view(charged.order(), charged.intent());
        return charged.intent();
    }

    private PaymentView canceled(PlantedBooks books) {
        Charged charged = books.agreed(order("status"));
        PaymentView view = books.journal.get(books.journal.size() - 1);
        assertThat(view.getIntentId()).isEqualTo(charged.intent());
        view.setPayment(PaymentState.CANCELED);
        view.setCapturedMinor(0);
        return view;
    }

    /** The PSP took the money of one order twice. */
    private String chargedAgain(PlantedBooks books) {
        return books.charge(books.agreed(order("charged-again")).order(), 2).charge();
    }

    /** The same, and the saga was told of it: the money of both is nobody's revenue. */
    private String chargedAgainAndPosted(PlantedBooks books) {
        Charged first = books.charge(order("charged-again-and-posted"), 1);
        Charged second = books.charge(first.order(), 2);
        for (Charged charged : List.of(first, second)) {
            books.post(charged, PostingKind.CAPTURE_SUSPENDED, charged.intent(), "EUR", PlantedBooks.PRICE);
            books.fee(charged, charged.feeMinor());
        }
        books.view(first.order(), first.intent());
        return second.charge();
    }

    private String postedAgain(PlantedBooks books) {
        Charged charged = books.agreed(order("posted-again"));
        return books.post(charged, PostingKind.CAPTURE, charged.intent(), "EUR", PlantedBooks.PRICE)
                .getPostingId();
    }

    private String otherFee(PlantedBooks books) {
        Charged charged = books.charge(order("fee"), 1);
        books.post(charged, PostingKind.CAPTURE, charged.intent(), "EUR", PlantedBooks.PRICE);
        books.fee(charged, charged.feeMinor() + 1);
        books.view(charged.order(), charged.intent());
        return charged.row();
    }

    private PaymentView healed(PaymentView canceled) {
        PaymentView view = World.view(canceled.getOrderId(), PlantedBooks.PRICE, now);
        view.setIntentId(canceled.getIntentId());
        view.setSeq(2);
        return view;
    }

    /** That of the service. */
    private ReconciliationReport firstReport(Sim sim) throws Exception {
        Map<TopicPartition, Long> reports = topics.end(PaymentTopics.RECONCILIATION_REPORTS);
        try (ReconciliationService service = ReconciliationService.start(settings(sim))) {
            return await().atMost(PATIENCE)
                    .until(
                            () -> topics.since(
                                    reports, PaymentTopics.RECONCILIATION_REPORTS, ReconciliationReport.class),
                            written -> {
                                assertThat(service.failure().toCompletableFuture())
                                        .isNotCompleted();
                                return !written.isEmpty();
                            })
                    .get(0);
        }
    }

    private Reconciliation reconciliation(Sim sim, InstantSource at) {
        return new Reconciliation(
                stack.kafka(),
                serdes,
                settings(sim).bind(ReconciliationService.NAME, ReconciliationSettings.class),
                at);
    }

    private Settings settings(Sim sim) {
        Map<String, String> settings = stack.connectionSettings();
        settings.put("payments-reconciliation.http.port", "0");
        settings.put("payments-reconciliation.provider.api-key", Sim.KEY);
        settings.put("payments-reconciliation.provider.base-url", sim.url().toString());
        return Settings.load(null, Map.of(), settings);
    }

    /** What was written since of this run's orders, or of none; a stack that is used again has others too. */
    private List<ReconciliationBreak> since(Map<TopicPartition, Long> start) {
        Stream<ReconciliationBreak> all =
                topics.since(start, PaymentTopics.RECONCILIATION_BREAKS, ReconciliationBreak.class).stream();
        return all.filter(found ->
                        found.getOrderId() == null || found.getOrderId().startsWith(run))
                .toList();
    }

    private String order(String name) {
        return run + "-" + name;
    }
}
