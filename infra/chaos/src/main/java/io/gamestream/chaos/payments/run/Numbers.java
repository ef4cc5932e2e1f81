package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.check.Evidence;
import io.gamestream.chaos.payments.check.Exchange;
import io.gamestream.chaos.payments.plan.Act;
import io.gamestream.chaos.payments.plan.Plan;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OrderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened in a run, and whether enough did. */
final class Numbers {

    static final String LAST_ACT = "last act began, s";

    private static final String COMPLETED = "ended " + OrderState.COMPLETED;
    private static final String UNTOLD = "orders whose webhooks were all lost";

    /** Of so many orders one has to be completed: in most runs every second is, and every fourth in one whose PSP is away for most of it. */
    private static final int COMPLETED_OF = 8;

    /** So many orders have some of each kind. */
    private static final int MANY = 200;

    private static final String REPLAYED_TWICE = "dead letters replayed twice";

    private Numbers() {}

    static Map<String, Long> of(Evidence evidence, Plan plan) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("orders", (long) evidence.placed.size());
        for (Act act : Act.values()) {
            numbers.put(act.meaning(), plan.count(act));
        }
        numbers.put(
                "charges",
                evidence.psp.charges().values().stream().filter(Charge::taken).count());
        numbers.put("refunds", (long) evidence.psp.refunds().size());
        numbers.put("disputes", (long) evidence.psp.disputes().size());
        numbers.put(
                "journal entries",
                evidence.journal.values().stream().mapToLong(List::size).sum());
        numbers.put("calls to the PSP", (long) evidence.results.size());
        numbers.put(
                "outcomes that were unknown",
                evidence.results.stream()
                        .filter(result -> result.getOutcome().name().equals("UNKNOWN"))
                        .count());
        numbers.put("webhooks let in", (long) evidence.webhooks.size());
        numbers.put(
                "webhooks lost",
                evidence.psp.deliveries().stream()
                        .filter(one -> one.outcome().equals("lost"))
                        .count());
        numbers.put(UNTOLD, (long) evidence.psp.untold().size());
        numbers.put(
                "forgeries refused",
                evidence.exchanges.stream()
                                .filter(exchange -> exchange.kind() == Exchange.Kind.FORGED && exchange.status() == 400)
                                .count()
                        + evidence.psp.deliveries().stream()
                                .filter(one -> one.outcome().equals("forged") && one.status() == 400)
                                .count());
        numbers.put("orders parked", (long) evidence.letters.size());
        numbers.put(REPLAYED_TWICE, (long) evidence.settlement.replayedTwice());
        Map<String, Long> ends = new LinkedHashMap<>();
        for (List<JournalEntry> entries : evidence.journal.values()) {
            ends.merge("ended " + entries.get(entries.size() - 1).getState().getStatus(), 1L, Long::sum);
        }
        ends.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(end -> numbers.put(end.getKey(), end.getValue()));
        numbers.put("postings", (long) evidence.postings.size());
        numbers.put(
                "slowest recovery, ms",
                evidence.recoveries.stream()
                        .mapToLong(recovery -> recovery.took().toMillis())
                        .max()
                        .orElse(0));
        return numbers;
    }

    /** A check that held because nothing happened is worth nothing. */
    static List<String> complaints(Map<String, Long> numbers, int orders, Plan plan, Duration within) {
        List<String> complaints = new ArrayList<>();
        if (numbers.getOrDefault("orders", 0L) < orders) {
            complaints.add("only " + numbers.get("orders") + " of " + orders + " orders were placed");
        }
        for (String what : List.of(
                "charges", "refunds", "calls to the PSP", "webhooks let in", "webhooks lost", "forgeries refused")) {
            if (numbers.getOrDefault(what, 0L) == 0) {
                complaints.add("no " + what);
            }
        }
        if (orders >= MANY && numbers.getOrDefault("outcomes that were unknown", 0L) == 0) {
            complaints.add("no outcome was ever unknown");
        }
        if (orders >= MANY && numbers.getOrDefault("disputes", 0L) == 0) {
            complaints.add("no dispute");
        }
        long completed = numbers.getOrDefault(COMPLETED, 0L);
        if (orders >= MANY && completed * COMPLETED_OF < orders) {
            complaints.add("only " + completed + " of " + orders + " orders were completed (expected: one in "
                    + COMPLETED_OF + " at least; more --minutes)");
        }
        if (orders >= MANY && numbers.getOrDefault(UNTOLD, 0L) == 0) {
            complaints.add("no " + UNTOLD);
        }
        if (orders >= 1_000 && numbers.getOrDefault(REPLAYED_TWICE, 0L) == 0) {
            complaints.add("no " + REPLAYED_TWICE);
        }
        long last = numbers.getOrDefault(LAST_ACT, 0L);
        if (orders >= 1_000 && last > within.toSeconds()) {
            complaints.add(
                    "the last act began after " + last + " s, when no order was placed any more (expected: within "
                            + within.toSeconds() + " s; more --minutes or fewer --kills)");
        }
        if (plan.acts().isEmpty()) {
            complaints.add("nothing was killed");
        }
        return complaints;
    }
}
