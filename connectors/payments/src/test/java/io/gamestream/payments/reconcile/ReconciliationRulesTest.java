package io.gamestream.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gamestream.payments.psp.BalanceMove;
import io.gamestream.payments.psp.BalanceMove.Kind;
import io.gamestream.payments.psp.DisputeState;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Each planted mismatch is found, under its name, and nothing else is. */
class ReconciliationRulesTest {

    private static final Instant OLD = World.NOW.minus(Duration.ofHours(5));
    private static final Instant YOUNG = World.NOW.minus(Duration.ofMinutes(5));
    private static final List<BreakKind> KINDS =
            EnumSet.complementOf(EnumSet.of(BreakKind.UNKNOWN)).stream().toList();

    @Property(tries = 300)
    void findsEveryPlantedMismatchAndNothingElse(@ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int faults) {
        Random random = new Random(seed);
        World world = new World();
        for (int i = 0; i < 20; i++) {
            agreeing(world, "ok" + i, random);
        }
        Map<String, BreakKind> planted = new TreeMap<>();
        for (int i = 0; i < faults; i++) {
            BreakKind kind = KINDS.get(random.nextInt(KINDS.size()));
            planted.put(plant(world, "bad" + i, kind, random), kind);
        }
        Findings findings = world.shuffled(random);
        assertThat(findings.differences().stream()
                        .collect(Collectors.toMap(Difference::object, Difference::kind, (a, b) -> BreakKind.UNKNOWN)))
                .as("seed " + seed)
                .isEqualTo(planted);
    }

    /** Money of a random life, on which all sides agree. */
    private static void agreeing(World world, String order, Random random) {
        World.Payment payment = world.captured(order, 1_000 + random.nextInt(9_000), OLD);
        switch (random.nextInt(7)) {
            case 0 -> world.refunded(payment, payment.view.getCapturedMinor());
            case 1 -> {
                world.refunded(payment, 100);
                world.refunded(payment, 200);
            }
            case 2 -> world.refundFailed(payment, 300, OLD);
            case 3 -> world.disputed(payment, payment.view.getCapturedMinor(), PspStatus.WON);
            case 4 -> world.disputed(payment, payment.view.getCapturedMinor(), PspStatus.LOST);
            case 5 -> world.partially(payment, 400);
            default -> {
                // Nothing more.
            }
        }
    }

    /** Makes the sides disagree; the object that it is about. */
    private static String plant(World world, String order, BreakKind kind, Random random) {
        World.Payment payment = world.captured(order, 5_000, kind == BreakKind.TIMING ? YOUNG : OLD);
        String refund = random.nextBoolean() ? world.refunded(payment, 700) : payment.intent;
        switch (kind) {
            case MISSING_LOCAL ->
                world.ledger.removeIf(posting -> posting.getPspObjectId().equals(refund));
            case MISSING_PSP -> {
                Set<String> gone = new TreeSet<>();
                world.moves.stream()
                        .filter(move -> refund.equals(move.object()))
                        .forEach(move -> gone.add(move.id()));
                world.moves.removeIf(move -> gone.contains(move.id()));
                // A fee that nobody has taken would be one more difference.
                world.ledger.removeIf(posting -> gone.contains(posting.getPspObjectId()));
            }
            case AMOUNT -> replace(world, refund, posting -> legs(posting, clearing(posting) - 1, "EUR"));
            case CURRENCY -> replace(world, refund, posting -> legs(posting, clearing(posting), "USD"));
            case STATUS -> {
                if (refund.equals(payment.intent)) {
                    payment.view.setPayment(PaymentState.CANCELED);
                    payment.view.setCapturedMinor(0);
                } else {
                    payment.view.getRefunds().get(0).setStatus("FAILED");
                }
            }
            case DUPLICATE -> {
                if (random.nextBoolean()) {
                    world.ledger.add(world.ledger.stream()
                            .filter(posting -> posting.getPspObjectId().equals(refund))
                            .findFirst()
                            .orElseThrow());
                    return refund;
                }
                return chargedAgain(world, payment, random);
            }
            case FEE -> {
                BalanceMove charged = world.moves.stream()
                        .filter(move -> payment.intent.equals(move.object()))
                        .findFirst()
                        .orElseThrow();
                world.ledger.removeIf(posting -> posting.getPspObjectId().equals(charged.id()));
                return charged.id();
            }
            case TIMING ->
                world.ledger.removeIf(posting -> posting.getPspObjectId().equals(payment.intent));
            case UNKNOWN -> throw new IllegalArgumentException("kind: UNKNOWN");
        }
        return kind == BreakKind.TIMING ? payment.intent : refund;
    }

    /** By another intent or by the same; with a fee or not; told to the saga, which posts it, or not. */
    private static String chargedAgain(World world, World.Payment payment, Random random) {
        boolean another = random.nextBoolean();
        boolean posted = random.nextBoolean();
        String charge = "ch_again_" + payment.order;
        // Before and behind the first one in the order of ids.
        String intent = another ? (random.nextBoolean() ? "pi_z_" : "pi_a_") + payment.order : payment.intent;
        int fee = random.nextInt(2) * 55;
        world.move(Kind.CAPTURE, charge, intent, payment.order, 5_000, fee, OLD.plusSeconds(9));
        boolean known = another && posted;
        if (known) {
            world.post(payment, PostingKind.CAPTURE, payment.intent, -5_000, OLD.plusSeconds(10));
            world.post(payment, PostingKind.CAPTURE_SUSPENDED, payment.intent, 5_000, OLD.plusSeconds(10));
            world.post(payment, PostingKind.CAPTURE_SUSPENDED, intent, 5_000, OLD.plusSeconds(10));
            payment.view.setIntentId(random.nextBoolean() ? intent : payment.intent);
        }
        if (!known) {
            String row = world.moves.get(world.moves.size() - 1).id();
            world.ledger.removeIf(posting -> posting.getPspObjectId().equals(row));
        }
        return charge;
    }

    @Test
    void aSecondChargeThatIsPostedWronglyIsOneDifferenceMore() {
        World world = new World();
        World.Payment payment = world.captured("o1", 5_000, OLD);
        world.move(Kind.CAPTURE, "ch_2", "pi_2", "o1", 5_000, 0, OLD.plusSeconds(9));
        world.post(payment, PostingKind.CAPTURE_SUSPENDED, "pi_2", 4_999, OLD.plusSeconds(10));
        assertThat(world.compared().differences())
                .extracting(Difference::id, Difference::differenceMinor)
                .containsExactly(tuple("AMOUNT:pi_2", 1L), tuple("DUPLICATE:ch_2", 5_000L));
    }

    @Test
    void theFeeOfASecondChargeThatIsPostedIsMissed() {
        World world = new World();
        World.Payment payment = world.captured("o1", 5_000, OLD);
        world.move(Kind.CAPTURE, "ch_2", "pi_2", "o1", 5_000, 55, OLD.plusSeconds(9));
        world.ledger.removeIf(posting -> posting.getPspObjectId().equals("txn_2"));
        assertThat(world.compared().differences()).extracting(Difference::id).containsExactly("DUPLICATE:ch_2");
        world.post(payment, PostingKind.CAPTURE_SUSPENDED, "pi_2", 5_000, OLD.plusSeconds(10));
        assertThat(world.compared().differences())
                .extracting(Difference::id)
                .containsExactly("DUPLICATE:ch_2", "FEE:txn_2");
    }

    /** First the ledger knows the order's own charge alone; that it learns of the older one later makes no other the second. */
    @Test
    void theSecondChargeStaysTheSecond() {
        World world = new World();
        World.Payment payment = world.captured("o1", 5_000, OLD);
        world.move(Kind.CAPTURE, "ch_2", "pi_2", "o1", 5_000, 0, OLD.minusSeconds(60));
        assertThat(world.compared().differences()).extracting(Difference::id).containsExactly("DUPLICATE:ch_2");
        world.openSince.put("ch_2", OLD);
        world.post(payment, PostingKind.CAPTURE_SUSPENDED, "pi_2", 5_000, OLD.plusSeconds(10));
        assertThat(world.compared().differences()).extracting(Difference::id).containsExactly("DUPLICATE:ch_2");
    }

    @Test
    void theFirstChargeIsJudgedBesideTheSecondOne() {
        World world = new World();
        World.Payment payment = world.captured("o1", 5_000, OLD);
        world.move(Kind.CAPTURE, "ch_2", payment.intent, "o1", 5_000, 0, OLD.plusSeconds(9));
        replace(world, payment.intent, posting -> legs(posting, 4_000, "EUR"));
        assertThat(world.compared().differences())
                .extracting(Difference::id, Difference::differenceMinor)
                .containsExactly(tuple("AMOUNT:pi_o1", 1_000L), tuple("DUPLICATE:ch_2", 5_000L));
        assertThat(world.compared().matched()).as("the fee").isEqualTo(1);
    }

    private static void replace(World world, String object, java.util.function.UnaryOperator<LedgerPosting> change) {
        world.ledger.replaceAll(posting -> posting.getPspObjectId().equals(object) ? change.apply(posting) : posting);
    }

    private static long clearing(LedgerPosting posting) {
        return Posting.of(posting).clearingMinor();
    }

    private static LedgerPosting legs(LedgerPosting posting, long clearing, String currency) {
        return LedgerPosting.newBuilder(posting)
                .setCurrency(currency)
                .setLegs(List.of(new Leg("psp_clearing", clearing), new Leg("other", -clearing)))
                .build();
    }

    @Test
    void whatIsOlderThanTheWindowIsMatchedAndNotJudged() {
        World world = new World();
        Instant before = World.WINDOW.from().minus(Duration.ofHours(3));
        World.Payment payment = world.captured("o1", 5_000, before);
        world.ledger.clear();
        assertThat(world.compared().differences()).isEmpty();
        // The posting came a few hours late, into the window: the money is found behind it.
        world.post(payment, PostingKind.CAPTURE, payment.intent, 5_000, OLD);
        Findings findings = world.compared();
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.matched()).isEqualTo(1);
    }

    @Test
    void moneyThatComesBackAfterWeeksIsMatched() {
        World world = new World();
        Instant weeksAgo = World.NOW.minus(Duration.ofDays(45));
        String dispute = world.disputed(world.captured("o1", 5_000, weeksAgo), 5_000, PspStatus.WON, OLD);
        String refund = world.refundFailed(world.captured("o2", 5_000, weeksAgo), 700, OLD);
        world.forgetBefore(World.READ_SINCE);
        Findings findings = world.compared();
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.judged()).isEmpty();
        assertThat(findings.matched()).isEqualTo(2);
        // Where the journal doesn't say that it has come back, it is found.
        world.journal.get(0).getDisputes().get(0).setReinstatedMinor(0);
        world.journal.get(1).getRefunds().get(0).setStatus("SUCCEEDED");
        assertThat(world.compared().differences())
                .extracting(Difference::object, Difference::kind)
                .containsExactlyInAnyOrder(tuple(dispute, BreakKind.STATUS), tuple(refund, BreakKind.STATUS));
    }

    @Test
    void ofAnOrderThatWasReadWholeTheLastRowsAreNotEnough() {
        World world = new World();
        String dispute = world.disputed(world.captured("o1", 5_000, OLD), 5_000, PspStatus.WON);
        world.moves.removeIf(move -> dispute.equals(move.object()) && move.amountMinor() < 0);
        world.ledger.removeIf(posting -> dispute.equals(posting.getPspObjectId()) && clearing(posting) < 0);
        assertThat(world.compared().differences())
                .extracting(Difference::object, Difference::kind)
                .contains(tuple(dispute, BreakKind.STATUS));
    }

    @Test
    void aChargeOfNobodysOrderIsMissingHere() {
        World world = new World();
        world.moves.add(new BalanceMove("txn_9", Kind.CAPTURE, "ch_9", "pi_9", null, 900, 0, "EUR", OLD));
        assertThat(world.compared().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(BreakKind.MISSING_LOCAL);
            assertThat(difference.orderId()).isNull();
            assertThat(difference.differenceMinor()).isEqualTo(900);
            assertThat(difference.id()).isEqualTo("MISSING_LOCAL:pi_9");
        });
    }

    @Test
    void aCaptureThatOnlyTheJournalKnowsIsAWrongStatus() {
        World world = new World();
        world.captured("o1", 5_000, OLD);
        world.moves.clear();
        world.ledger.clear();
        assertThat(world.compared().differences()).extracting(Difference::kind).containsExactly(BreakKind.STATUS);
    }

    @Test
    void anInquiryThatNobodyToldUsOfIsFoundThoughNoMoneyMoved() {
        World world = new World();
        world.captured("o1", 5_000, OLD);
        world.disputes.add(new DisputeState("dp_1", "o1", "WARNING_NEEDS_RESPONSE", 5_000, "EUR", OLD));
        assertThat(world.compared().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).as("seen for the first time").isEqualTo(BreakKind.TIMING);
            assertThat(difference.orderId()).isEqualTo("o1");
        });
        world.openSince.put("dp_1", OLD);
        assertThat(world.compared().differences()).extracting(Difference::kind).containsExactly(BreakKind.STATUS);
    }

    @Test
    void whatDiffersIsJudgedAgainThoughItHasLeftTheWindow() {
        World world = new World();
        World.Payment payment = world.captured("o1", 5_000, World.WINDOW.from().minus(Duration.ofHours(3)));
        payment.view.setCapturedMinor(0);
        assertThat(world.compared().differences()).isEmpty();
        world.openSince.put(payment.intent, OLD);
        world.recheck.add(payment.intent);
        assertThat(world.compared().differences()).extracting(Difference::kind).containsExactly(BreakKind.STATUS);
        payment.view.setCapturedMinor(5_000);
        assertThat(world.compared().differences()).isEmpty();
        assertThat(world.compared().judged()).containsExactly(payment.intent);
    }

    @Test
    void whatOnlyTheJournalHadIsJudgedOnceItHasItNoMore() {
        World world = new World();
        World.Payment payment = world.captured("o1", 0, OLD);
        world.moves.clear();
        world.ledger.clear();
        world.openSince.put(payment.intent, OLD);
        assertThat(world.compared().judged()).isEmpty();
        world.recheck.add(payment.intent);
        assertThat(world.compared().judged()).containsExactly(payment.intent);
    }

    @Test
    void moreDifferencesThanARunCanHoldAreAnErrorThatNamesTheSetting() {
        World world = new World();
        for (int i = 0; i <= World.MAX_BREAKS; i++) {
            world.captured("o" + i, 5_000, OLD);
        }
        world.ledger.clear();
        assertThatThrownBy(world::compared)
                .isInstanceOf(TooManyBreaksException.class)
                .hasMessageContainingAll("payments-reconciliation.max-breaks", "provider.api-key");
    }

    @Test
    void chargesOfNobodyAreNotChargesOfOne() {
        World world = new World();
        world.moves.add(new BalanceMove("txn_8", Kind.CAPTURE, "ch_8", null, null, 900, 0, "EUR", OLD));
        world.moves.add(new BalanceMove("txn_9", Kind.CAPTURE, "ch_9", null, null, 900, 0, "EUR", OLD));
        assertThat(world.compared().differences()).extracting(Difference::kind).containsOnly(BreakKind.MISSING_LOCAL);
    }

    @Test
    void payoutsAreNoMovementsOfPayments() {
        World world = new World();
        world.moves.add(new BalanceMove("txn_9", Kind.OTHER, "po_1", null, null, -90_000, 0, "EUR", OLD));
        assertThat(world.compared().differences()).isEmpty();
    }

    @Test
    void aRowThatWasListedTwiceCountsOnce() {
        World world = new World();
        world.captured("o1", 5_000, OLD);
        world.moves.add(world.moves.get(0));
        assertThat(world.compared().differences()).isEmpty();
    }
}
