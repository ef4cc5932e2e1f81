package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Results and webhooks may come in any order, any number of times: they end in one state. */
class OrderIndependenceTest {

    private static final String CREATE = "o1:create:1";
    private static final String REFUND = "o1:refund:1";

    /** Everything that the PSP may say of one order, from every source. */
    private static final List<Supplier<PaymentInput>> SAYINGS = List.of(
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
            answered(PspOutcome.DONE, () -> Payments.intent(PspStatus.SUCCEEDED)),
            answered(PspOutcome.DONE, () -> Payments.intent(PspStatus.REQUIRES_ACTION)),
            answered(PspOutcome.DECLINED, () -> Payments.declined("issuer_not_available")),
            answered(PspOutcome.DECLINED, () -> Payments.declined("expired_card")),
            () -> new PaymentInput.Answered(Payments.answer(CREATE, OperationKind.CREATE, 1, 1, PspOutcome.UNKNOWN)));

    @Property(tries = 25, seed = "20261125")
    void allPermutationsOfUpToSixFactsEndInOneState(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, SAYINGS.size()).boxed().toList());
        Collections.shuffle(all, random);
        List<Integer> chosen = all.subList(0, 2 + random.nextInt(5));
        Map<Object, List<Integer>> ends = new HashMap<>();
        permutations(chosen).forEach(order -> ends.putIfAbsent(end(order, random.nextBoolean()), order));
        assertThat(ends).as("ends by the order that leads there").hasSize(1);
    }

    @Property(tries = 100, seed = "20261126")
    void soDoFactsAboutARefundOfOurs(@ForAll @LongRange(min = 0) long seed) {
        List<Supplier<PaymentInput>> sayings = List.of(
                told("w1", () -> Payments.refunded("re_1", PspStatus.PENDING, 1999, REFUND)),
                told("w2", () -> Payments.refunded("re_1", PspStatus.SUCCEEDED, 1999, null)),
                told("w3", () -> Payments.refunded("re_1", PspStatus.FAILED, 1999, null)),
                () -> new PaymentInput.Answered(
                        Payments.answer(REFUND, OperationKind.REFUND, 1, 1, PspOutcome.UNKNOWN)),
                () -> new PaymentInput.Answered(Payments.answer(
                        REFUND,
                        OperationKind.REFUND,
                        1,
                        1,
                        PspOutcome.DONE,
                        Payments.refunded("re_1", PspStatus.PENDING, 1999, REFUND))),
                told("w4", () -> Payments.refunded("re_2", PspStatus.SUCCEEDED, 999, null)));
        Random random = new Random(seed);
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, sayings.size()).boxed().toList());
        Collections.shuffle(all, random);
        Map<Object, List<Integer>> ends = new HashMap<>();
        permutations(all.subList(0, 2 + random.nextInt(4))).forEach(order -> {
            Saga saga = Saga.placed();
            saga.tell(Payments.webhook("paid", Payments.intent(PspStatus.SUCCEEDED)));
            saga.ask(Payments.refund("r1", "g1"));
            order.forEach(i -> saga.decide(sayings.get(i).get()));
            ends.putIfAbsent(comparable(saga), order);
        });
        assertThat(ends).hasSize(1);
    }

    private static Object end(List<Integer> order, boolean repeat) {
        Saga saga = new Saga();
        saga.ask(Payments.place(CaptureMode.AUTOMATIC, CustomerPresence.INTERACTIVE));
        for (int i : order) {
            saga.decide(SAYINGS.get(i).get());
            if (repeat) {
                saga.decide(SAYINGS.get(i).get());
            }
        }
        return comparable(saga);
    }

    /**
     * The state without what tells of the way: times, sequence, counters of reads and issues, and the operations, of which
     * some ways need one more. The books are compared by balance.
     */
    private static Object comparable(Saga saga) {
        PaymentSaga end =
                PaymentSaga.newBuilder(Objects.requireNonNull(saga.state)).build();
        end.getView().setUpdatedAt(Instant.EPOCH);
        end.getView().setSeq(0L);
        // It counts how often the order was parked on the way.
        end.getView()
                .setDeadLetterId(
                        end.getPark() == null ? null : end.getPark().getCause().name());
        end.getView()
                .setOperations(end.getView().getOperations().stream()
                        .filter(operation -> operation.getKind() == OperationKind.CREATE
                                || operation.getKind() == OperationKind.REFUND)
                        .toList());
        end.getView().getOperations().forEach(operation -> operation.setProblem(null));
        Map<String, Long> balances = new TreeMap<>();
        List.of("psp_clearing", "revenue", "suspense", "psp_fees", "refunds", "dispute_hold", "chargeback_loss")
                .forEach(account -> balances.put(account, saga.balance(account)));
        return List.of(
                end.getView().toString(),
                end.getSeenCaptured(),
                end.getCanceledSeen(),
                saga.timers().keySet().stream()
                        .filter(kind -> kind != TimerKind.READ)
                        .toList(),
                balances);
    }

    private static Supplier<PaymentInput> told(String id, Supplier<PspFact> fact) {
        return () -> new PaymentInput.Told(Payments.webhook(id, fact.get()));
    }

    private static Supplier<PaymentInput> answered(PspOutcome outcome, Supplier<PspFact> fact) {
        return () ->
                new PaymentInput.Answered(Payments.answer(CREATE, OperationKind.CREATE, 1, 1, outcome, fact.get()));
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            List<Integer> rest = new ArrayList<>(of);
            Integer first = rest.remove(i);
            permutations(rest).forEach(tail -> {
                List<Integer> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            });
        }
        return all;
    }
}
