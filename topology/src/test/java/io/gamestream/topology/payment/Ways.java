package io.gamestream.topology.payment;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.SagaPosted;
import io.gamestream.schemas.payments.LedgerPosting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All orders in which a set of inputs can come, each of them once or twice: set by set instead of order by order, since what
 * two ways have made equal stays so. Six inputs have 720 orders and 64 sets.
 */
final class Ways {

    /**
     * One thing that is said.
     *
     * @param answered the operation that must have been issued before; null where it may be said at any time
     */
    record Saying(
            String name,
            Supplier<PaymentInput> input,
            @Nullable String answered) {}

    /**
     * Where a way leads.
     *
     * @param state null where nothing was said
     * @param balances of the ledger, by account, none of them 0
     * @param way the names of what was said
     */
    record End(@Nullable PaymentSaga state, Map<String, Long> balances, List<String> way) {

        static final End NOTHING = new End(null, Map.of(), List.of());

        /** Where something was said. */
        PaymentSaga saga() {
            return Objects.requireNonNull(state, "nothing was said");
        }
    }

    private static final PaymentMachine MACHINE = new PaymentMachine(Payments.policy());
    private static final long NOW = Payments.PLACED.toEpochMilli();

    private Ways() {}

    /** From where a saga is. */
    static End from(Saga saga) {
        Map<String, Long> balances = new TreeMap<>();
        saga.postings.forEach(posting -> post(posting, balances));
        return new End(saga.state, balances, List.of());
    }

    private static void post(LedgerPosting posting, Map<String, Long> balances) {
        posting.getLegs().forEach(leg -> balances.merge(leg.getAccount(), leg.getAmountMinor(), Long::sum));
    }

    /** The ends that differ, each with one way that leads there. */
    static Collection<End> of(End from, List<Saying> sayings) {
        List<Map<Object, End>> ends = new ArrayList<>();
        ends.add(Map.of(key(from), from));
        for (int said = 1; said < 1 << sayings.size(); said++) {
            Map<Object, End> here = new LinkedHashMap<>();
            for (int last = 0; last < sayings.size(); last++) {
                if ((said & 1 << last) != 0) {
                    for (End before : ends.get(said ^ 1 << last).values()) {
                        add(before, sayings.get(last), here);
                    }
                }
            }
            ends.add(here);
        }
        return ends.get(ends.size() - 1).values();
    }

    private static void add(End before, Saying saying, Map<Object, End> to) {
        if (saying.answered() != null && !isIssued(before, saying.answered())) {
            return;
        }
        End once = say(before, saying);
        to.putIfAbsent(key(once), once);
        End twice = say(once, saying);
        to.putIfAbsent(key(twice), twice);
    }

    private static boolean isIssued(End end, String operation) {
        return end.state() != null
                && Operations.find(end.state().getView(), operation).isPresent();
    }

    /** What follows when one more thing is said. */
    static End say(End before, Saying saying) {
        Decision decision =
                MACHINE.decide(before.state(), Payments.ORDER, saying.input().get(), NOW);
        List<String> way = new ArrayList<>(before.way());
        way.add(saying.name());
        Map<String, Long> balances = new TreeMap<>(before.balances());
        decision.postings().forEach(posting -> post(posting, balances));
        balances.values().removeIf(balance -> balance == 0);
        return new End(decision.saga() == null ? before.state() : decision.saga(), balances, way);
    }

    /** Of two ends with equal keys nothing that follows can differ. */
    private static Object key(End end) {
        if (end.state() == null) {
            return List.of();
        }
        PaymentSaga saga = PaymentSaga.newBuilder(end.state()).build();
        saga.setLastHash("");
        saga.getView().setSeq(0L);
        saga.getEvents().sort(Comparator.naturalOrder());
        saga.getTold().sort(Comparator.naturalOrder());
        saga.getPosted().sort(Comparator.comparing(SagaPosted::getObject).thenComparing(SagaPosted::getKind));
        return List.of(saga, end.balances());
    }
}
