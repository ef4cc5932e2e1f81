package io.gamestream.chaos.payments.check;

import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.PaymentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S11: what players and other services are told, each once. Pure. */
final class ToldCheck {

    private static final String REFUND_ISSUED = "refund-issued";
    private static final String SUSPENDED = "access-suspended";
    private static final String RESTORED = "access-restored";

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private ToldCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        ToldCheck check = new ToldCheck(evidence);
        check.messages();
        check.events();
        return check.findings;
    }

    /** By order and template: as many as there was something to tell of, each with a number of its own. */
    private void messages() {
        Set<String> ids = new HashSet<>();
        Map<String, Map<String, Integer>> sent = new HashMap<>();
        evidence.notifications.forEach(one -> {
            if (!ids.add(one.getOrderId() + ":" + one.getTemplate() + ":" + one.getVersion())) {
                found(one.getNotificationId(), "is sent more than once");
            } else {
                sent.computeIfAbsent(one.getOrderId(), order -> new HashMap<>())
                        .merge(one.getTemplate(), 1, Integer::sum);
            }
        });
        sent.forEach((order, templates) -> {
            Map<String, Integer> reasons = reasons(evidence.journal.getOrDefault(order, List.of()));
            templates.forEach((template, times) -> {
                int most = reasons.getOrDefault(template, 1);
                if (times > most) {
                    found(order, template + " is sent " + times + " times (expected: " + most + " at most)");
                }
            });
        });
    }

    /** How often an order had a reason for a message that may be sent more than once, by its journal. */
    private static Map<String, Integer> reasons(List<JournalEntry> entries) {
        Set<String> refunds = new HashSet<>();
        int suspended = 0;
        int restored = 0;
        @Nullable PaymentView before = null;
        for (JournalEntry entry : entries) {
            PaymentView view = entry.getState();
            view.getRefunds().stream()
                    .filter(refund -> refund.getStatus().equals("SUCCEEDED"))
                    .forEach(refund -> refunds.add(refund.getRefundId()));
            boolean is = has(view, GrantState.SUSPENDED);
            boolean was = before != null && has(before, GrantState.SUSPENDED);
            suspended += is && !was ? 1 : 0;
            restored += was && !is && has(view, GrantState.ACTIVE) ? 1 : 0;
            before = view;
        }
        return Map.of(REFUND_ISSUED, refunds.size(), SUSPENDED, suspended, RESTORED, restored);
    }

    private static boolean has(PaymentView view, GrantState access) {
        return view.getLines().stream().anyMatch(line -> line.getAccess().equals(access.name()));
    }

    private void events() {
        Set<String> told = new HashSet<>();
        evidence.events.forEach(one -> {
            if (!told.add(one.getOrderId() + ":" + one.getType())) {
                found(one.getEventId(), "is told more than once");
            }
        });
    }

    private void found(String subject, String detail) {
        findings.add(new Finding(Invariant.S11, subject, detail));
    }
}
