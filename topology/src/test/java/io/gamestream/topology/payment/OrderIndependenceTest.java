package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.topology.payment.Ways.End;
import io.gamestream.topology.payment.Ways.Saying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Results and webhooks may come in any order, once or twice: they end in one state. Of each set of sayings all orders are tried.
 * Every set of up to two is, and some that are larger; {@code -Dpayment.sayings=4} tries every set of up to four, 10,902 of them
 * twice, in about three minutes (CONTRIBUTING.md has the whole command).
 */
class OrderIndependenceTest {

    private static final String CREATE = "o1:create:1";
    private static final String CONFIRM = "o1:confirm:1";
    private static final String CAPTURE = "o1:capture:1";
    private static final String REFUND = "o1:refund:1";
    private static final int LARGEST = 6;
    private static final int EVERY_SET_UP_TO = Integer.getInteger("payment.sayings", 2);
    private static final long SEED = 20261125;

    private static final Saying PLACE = new Saying(
            "place",
            () -> new PaymentInput.Asked(Payments.place(CaptureMode.AUTOMATIC, CustomerPresence.INTERACTIVE), 7),
            null);

    /** Everything that the PSP may say of one order, from every source. */
    private static final List<Saying> SAYINGS = List.of(
            told("w1", () -> Payments.by(CREATE, Payments.intent(PspStatus.REQUIRES_ACTION))),
            told("w2", () -> Payments.intent(PspStatus.PROCESSING)),
            told("w3", () -> Payments.declined("processing_error")),
            told("w4", () -> Payments.by(CREATE, Payments.declined("insufficient_funds"))),
            told("w5", () -> Payments.declined("stolen_card")),
            told("w6", () -> Payments.intent(PspStatus.SUCCEEDED)),
            told("w7", () -> Payments.charge(PspStatus.SUCCEEDED)),
            told("w8", () -> Payments.intent(PspStatus.CANCELED)),
            told("w9", () -> Payments.refunded("re_9", PspStatus.PENDING, 500, null)),
            told("w10", () -> Payments.refunded("re_9", PspStatus.SUCCEEDED, 500, null)),
            told("w11", () -> Payments.refunded("re_9", PspStatus.FAILED, 500, null)),
            told("w12", () -> Payments.refunded("re_8", PspStatus.SUCCEEDED, Payments.TOTAL - 500, null)),
            told("w13", () -> Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0)),
            told("w14", () -> Payments.disputed(PspStatus.WON, Payments.TOTAL, Payments.TOTAL)),
            told("w15", () -> Payments.disputed(PspStatus.LOST, 0, 0)),
            told("w16", () -> Payments.fee("txn_1", 117)),
            told("w17", () -> Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 1)),
            told("w18", () -> Payments.intent(PspStatus.REQUIRES_CAPTURE)),
            answered("a1", CREATE, PspOutcome.DONE, () -> Payments.intent(PspStatus.SUCCEEDED)),
            answered("a2", CREATE, PspOutcome.DONE, () -> Payments.intent(PspStatus.REQUIRES_ACTION)),
            answered("a3", CREATE, PspOutcome.DECLINED, () -> Payments.declined("issuer_not_available")),
            answered("a4", CREATE, PspOutcome.DECLINED, () -> Payments.declined("expired_card")),
            answered("a5", CREATE, PspOutcome.UNKNOWN, null));

    private static final List<Saying> REFUND_SAYINGS = List.of(
            told("w1", () -> Payments.refunded("re_1", PspStatus.PENDING, 1999, REFUND)),
            told("w2", () -> Payments.refunded("re_1", PspStatus.SUCCEEDED, 1999, null)),
            told("w3", () -> Payments.refunded("re_1", PspStatus.FAILED, 1999, null)),
            told("w4", () -> Payments.refunded("re_2", PspStatus.SUCCEEDED, 999, null)),
            answered("a1", REFUND, PspOutcome.UNKNOWN, null),
            answered("a2", REFUND, PspOutcome.DONE, () -> Payments.refunded("re_1", PspStatus.PENDING, 1999, REFUND)),
            answered("a3", REFUND, PspOutcome.DONE, () -> Payments.charge(Payments.TOTAL, 0)));

    /** Of an authorization of which a part is captured, and the rest released. */
    private static final List<Saying> CAPTURE_SAYINGS = List.of(
            told("w1", () -> Payments.intent(PspStatus.REQUIRES_CAPTURE)),
            told("w2", () -> Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 999)),
            told("w3", () -> Payments.charge(999, Payments.TOTAL - 999)),
            told("w4", () -> Payments.intent(PspStatus.CANCELED)),
            told("w5", () -> Payments.refunded("re_9", PspStatus.SUCCEEDED, 500, null)),
            told("w6", () -> Payments.disputed(PspStatus.NEEDS_RESPONSE, 999, 0)),
            told("w7", () -> Payments.fee("txn_1", 117)),
            answered("a1", CAPTURE, PspOutcome.UNKNOWN, null),
            answered("a2", CAPTURE, PspOutcome.DONE, () -> Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 999)));

    /** Of a second attempt, with what the first one had still to say. */
    private static final List<Saying> CONFIRM_SAYINGS = List.of(
            told("w1", () -> Payments.by(CREATE, Payments.declined("processing_error"))),
            told("w2", () -> Payments.by(CONFIRM, Payments.intent(PspStatus.REQUIRES_ACTION))),
            told("w3", () -> Payments.by(CONFIRM, Payments.declined("stolen_card"))),
            told("w4", () -> Payments.intent(PspStatus.SUCCEEDED)),
            told("w5", () -> Payments.charge(PspStatus.SUCCEEDED)),
            told("w6", () -> Payments.intent(PspStatus.CANCELED)),
            answered("a1", CONFIRM, PspOutcome.UNKNOWN, null),
            answered("a2", CONFIRM, PspOutcome.DONE, () -> Payments.intent(PspStatus.SUCCEEDED)),
            answered("a3", CONFIRM, PspOutcome.DECLINED, () -> Payments.declined("stolen_card")));

    /** Of an order that was charged for twice, by its own intent and by a stray one, and of what becomes of both charges. */
    private static final List<Saying> STRAY_SAYINGS = List.of(
            told("w1", () -> Payments.by(CREATE, Payments.intent(PspStatus.SUCCEEDED))),
            told("w2", () -> Payments.fact(PspObject.INTENT, "pi_0", PspStatus.SUCCEEDED, Payments.TOTAL)),
            told("w3", () -> stray(Payments.refunded("re_0", PspStatus.SUCCEEDED, Payments.TOTAL, null))),
            told("w4", () -> stray(Payments.refunded("re_0", PspStatus.FAILED, Payments.TOTAL, null))),
            told("w5", () -> Payments.refunded("re_1", PspStatus.SUCCEEDED, Payments.TOTAL, null)),
            told("w6", () -> stray(Payments.disputed(PspStatus.LOST, Payments.TOTAL, 0))),
            told("w7", () -> Payments.refunded("re_2", PspStatus.SUCCEEDED, 999, null)),
            answered("a1", CREATE, PspOutcome.UNKNOWN, null));

    @Test
    void whatIsSaidOfTwoChargesEndsInOneState() {
        End placed = Ways.say(End.NOTHING, PLACE);
        for (List<Saying> set : subsets(STRAY_SAYINGS, LARGEST)) {
            oneEnd(Ways.of(placed, set), OrderIndependenceTest::everything);
        }
    }

    @Test
    void whatIsSaidOfAPartialCaptureEndsInOneState() {
        Saga manual = new Saga();
        manual.ask(Payments.place(CaptureMode.MANUAL, CustomerPresence.INTERACTIVE));
        manual.answer(PspOutcome.DONE, Payments.intent(PspStatus.REQUIRES_CAPTURE));
        manual.ask(Payments.capture("g2"));
        assertThat(manual.command().getOperationId()).isEqualTo(CAPTURE);
        for (List<Saying> set : subsets(CAPTURE_SAYINGS, LARGEST)) {
            oneEnd(
                    Ways.of(Ways.from(manual), set),
                    end -> everything(end, EnumSet.of(OperationKind.CREATE, OperationKind.CAPTURE)));
        }
    }

    @Test
    void whatIsSaidOfASecondAttemptEndsInOneState() {
        Saga again = Saga.placed();
        again.answer(PspOutcome.DECLINED, Payments.declined("processing_error"));
        again.fire(TimerKind.RETRY);
        assertThat(again.command().getOperationId()).isEqualTo(CONFIRM);
        for (List<Saying> set : subsets(CONFIRM_SAYINGS, LARGEST)) {
            oneEnd(
                    Ways.of(Ways.from(again), set),
                    end -> everything(end, EnumSet.of(OperationKind.CREATE, OperationKind.CONFIRM)));
        }
    }

    @Test
    void whatIsSaidOfAPlacedOrderEndsInOneState() {
        End placed = Ways.say(End.NOTHING, PLACE);
        sets(60, LARGEST).forEach(set -> oneEnd(Ways.of(placed, set), OrderIndependenceTest::everything));
    }

    /** All about money is known at once, and games and states follow from it unless the PSP has to be read first. */
    @Test
    void whatIsSaidBeforeAnOrderIsPlacedIsNotForgotten() {
        sets(60, 4).forEach(set -> {
            List<Saying> all = new ArrayList<>(set);
            all.add(PLACE);
            Collection<End> ends = Ways.of(End.NOTHING, all);
            oneEnd(ends, OrderIndependenceTest::money);
            oneEnd(ends.stream().filter(end -> !isToBeRead(end)).toList(), OrderIndependenceTest::outcome);
        });
    }

    @Test
    void whatIsSaidOfARefundOfOursEndsInOneState() {
        End asked = Ways.say(End.NOTHING, PLACE);
        asked = Ways.say(asked, told("paid", () -> Payments.intent(PspStatus.SUCCEEDED)));
        asked = Ways.say(
                asked, new Saying("refund", () -> new PaymentInput.Asked(Payments.refund("r1", "g1"), 8), null));
        for (List<Saying> set : subsets(REFUND_SAYINGS, REFUND_SAYINGS.size())) {
            oneEnd(Ways.of(asked, set), OrderIndependenceTest::everything);
        }
    }

    /** An attempt's decline that comes before the order has to be read: by everything, these ends differ. */
    @Test
    void aDifferenceIsSeen() {
        Saying declined = told("w1", () -> Payments.declined("stolen_card"));
        Collection<End> ends = Ways.of(End.NOTHING, List.of(PLACE, declined));
        assertThat(ends.stream().map(OrderIndependenceTest::everything).distinct())
                .hasSize(2);
        assertThat(ends.stream().filter(OrderIndependenceTest::isToBeRead)).hasSize(1);
    }

    /** Every small one, and some of a larger size. */
    private static Stream<List<Saying>> sets(int count, int size) {
        Random random = new Random(SEED);
        List<List<Saying>> sets = new ArrayList<>(subsets(SAYINGS, EVERY_SET_UP_TO));
        for (int i = 0; i < count; i++) {
            List<Saying> all = new ArrayList<>(SAYINGS);
            Collections.shuffle(all, random);
            sets.add(List.copyOf(all.subList(0, size)));
        }
        return sets.parallelStream();
    }

    private static List<List<Saying>> subsets(List<Saying> of, int upTo) {
        return IntStream.range(1, 1 << of.size())
                .filter(set -> Integer.bitCount(set) <= upTo)
                .mapToObj(set -> IntStream.range(0, of.size())
                        .filter(i -> (set & 1 << i) != 0)
                        .mapToObj(of::get)
                        .toList())
                .toList();
    }

    private static void oneEnd(Collection<End> ends, Function<End, Object> compared) {
        Map<Object, List<String>> ways = new HashMap<>();
        ends.forEach(end -> ways.putIfAbsent(compared.apply(end), end.way()));
        assertThat(ways).as("ends, each with a way that leads there").hasSizeLessThanOrEqualTo(1);
    }

    /**
     * The state without what tells of the way: times, sequence, counters of reads and issues, and operations that are over,
     * of which some ways need one more; those that create and refund are the same on all ways. The books are compared by balance.
     */
    private static Object everything(End end) {
        return everything(end, EnumSet.of(OperationKind.CREATE, OperationKind.REFUND));
    }

    /** @param kinds operations that are the same on all ways */
    private static Object everything(End end, Set<OperationKind> kinds) {
        PaymentSaga saga = end.saga();
        PaymentView view = PaymentView.newBuilder(saga.getView()).build();
        view.setUpdatedAt(Instant.EPOCH);
        view.setSeq(0L);
        // It counts how often the order was parked on the way.
        view.setDeadLetterId(park(saga));
        view.setOperations(view.getOperations().stream()
                .filter(operation -> kinds.contains(operation.getKind()))
                .toList());
        view.getOperations().forEach(operation -> operation.setProblem(null));
        return List.of(view.toString(), open(view), timers(saga), saga.getReadWanted(), money(end));
    }

    /** What became of the order, without its attempts: it has none before it is placed. */
    private static Object outcome(End end) {
        PaymentSaga saga = end.saga();
        PaymentView view = saga.getView();
        return List.of(
                view.getStatus(),
                view.getPayment(),
                view.getPaymentStatus(),
                view.getLines().toString(),
                view.getOutcomeKnown(),
                open(view),
                timers(saga));
    }

    /** What is known of the PSP's objects, and the books. */
    private static Object money(End end) {
        PaymentSaga saga = end.saga();
        PaymentView view = saga.getView();
        return List.of(
                view.getAuthorizedMinor(),
                view.getCapturedMinor(),
                view.getRefunds().toString(),
                view.getDisputes().toString(),
                view.getFeesMinor(),
                saga.getIntents(),
                saga.getSeenAmounts(),
                saga.getSeenCaptured(),
                saga.getSeenCurrencies(),
                saga.getCanceledSeen(),
                saga.getRefundedSeen(),
                park(saga),
                end.balances());
    }

    private static String park(PaymentSaga saga) {
        return saga.getPark() == null ? "" : saga.getPark().getCause().name();
    }

    private static String open(PaymentView view) {
        return Operations.open(view)
                .map(operation -> operation.getKind() + " " + operation.getAttempt() + " " + operation.getState())
                .orElse("");
    }

    private static Set<TimerKind> timers(PaymentSaga saga) {
        return PaymentTimers.of(saga, Payments.policy()).keySet();
    }

    private static boolean isToBeRead(End end) {
        return timers(end.saga()).contains(TimerKind.READ);
    }

    private static PspFact stray(PspFact fact) {
        fact.setIntentId("pi_0");
        return fact;
    }

    private static Saying told(String id, Supplier<PspFact> fact) {
        return new Saying(id, () -> new PaymentInput.Told(Payments.webhook(id, fact.get())), null);
    }

    private static Saying answered(
            String name, String operation, PspOutcome outcome, @Nullable Supplier<PspFact> fact) {
        OperationKind kind =
                switch (operation) {
                    case CREATE -> OperationKind.CREATE;
                    case CONFIRM -> OperationKind.CONFIRM;
                    case CAPTURE -> OperationKind.CAPTURE;
                    case REFUND -> OperationKind.REFUND;
                    default -> throw new IllegalArgumentException(operation);
                };
        int attempt = kind == OperationKind.CONFIRM ? 2 : 1;
        return new Saying(
                name,
                () -> new PaymentInput.Answered(
                        fact == null
                                ? Payments.answer(operation, kind, attempt, 1, outcome)
                                : Payments.answer(operation, kind, attempt, 1, outcome, fact.get())),
                operation);
    }
}
