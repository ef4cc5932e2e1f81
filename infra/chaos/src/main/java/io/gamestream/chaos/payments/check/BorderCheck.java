package io.gamestream.chaos.payments.check;

import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.WebhookEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** S8 to S10 and S12: what comes in, and what is let out. Pure. */
final class BorderCheck {

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private BorderCheck(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> check(Evidence evidence) {
        BorderCheck check = new BorderCheck(evidence);
        check.signedOnly();
        check.committedOnly();
        check.oneKeyOneOrder();
        evidence.secrets.forEach(where -> check.found(Invariant.S12, where, "holds a secret or a card number"));
        return check.findings;
    }

    private void signedOnly() {
        JournalCheck.applied(evidence).forEach((event, times) -> {
            if (times > 1) {
                found(Invariant.S8, event, "changed something " + times + " times");
            }
            if (!evidence.psp.events().containsKey(event)) {
                found(Invariant.S8, event, "changed something, and the PSP never had it");
            }
        });
        for (WebhookEvent webhook : evidence.webhooks) {
            PspTruth.Told told = evidence.psp.events().get(webhook.getEventId());
            if (told == null) {
                found(Invariant.S8, webhook.getEventId(), "was let in, and the PSP never sent it");
            } else if (!webhook.getFacts().isEmpty()
                    && !agrees(webhook.getFacts().get(0), told.object())) {
                found(
                        Invariant.S8,
                        webhook.getEventId(),
                        "was let in with " + webhook.getFacts().get(0).getAmountMinor() + ", and the PSP had said "
                                + told.object());
            }
        }
        evidence.psp.deliveries().stream()
                .filter(delivery -> delivery.outcome().equals("forged") && isGood(delivery.status()))
                .forEach(delivery ->
                        found(Invariant.S8, delivery.event(), "its forgery was answered with " + delivery.status()));
        evidence.exchanges.stream()
                .filter(exchange -> exchange.kind() == Exchange.Kind.FORGED && isGood(exchange.status()))
                .forEach(exchange ->
                        found(Invariant.S8, exchange.key(), "a forgery was answered with " + exchange.status()));
    }

    private static boolean agrees(PspFact fact, PspObject object) {
        return fact.getId().equals(object.id()) && fact.getAmountMinor() == amount(object);
    }

    private static long amount(PspObject object) {
        if (object instanceof Intent intent) {
            return intent.amount();
        } else if (object instanceof Charge charge) {
            return charge.amount();
        } else if (object instanceof Refund refund) {
            return refund.amount();
        }
        return object instanceof Dispute dispute ? dispute.amount() : 0;
    }

    private void committedOnly() {
        evidence.seen.live().forEach((place, digest) -> {
            Long last = evidence.seen.last().get(place);
            if (last == null) {
                found(Invariant.S9, place, "was read as committed, and is not there any more");
            } else if (!last.equals(digest)) {
                found(Invariant.S9, place, "was read as committed, and is another record now");
            }
        });
        Map<String, Integer> issued = new HashMap<>();
        evidence.commands.forEach(
                command -> issued.merge(command.getOperationId() + " issue " + command.getIssue(), 1, Integer::sum));
        Map<String, Integer> answered = new HashMap<>();
        evidence.results.forEach(
                result -> answered.merge(result.getOperationId() + " issue " + result.getIssue(), 1, Integer::sum));
        answered.forEach((issue, times) -> {
            int commands = issued.getOrDefault(issue, 0);
            if (times > commands) {
                found(
                        Invariant.S9,
                        issue,
                        "has " + times + " result(s) for " + commands
                                + " committed command(s): one was carried out that was" + " not committed, or twice");
            }
        });
        issued.forEach((issue, times) -> {
            if (times > 1) {
                found(Invariant.S9, issue, "was issued " + times + " times");
            }
        });
    }

    private void oneKeyOneOrder() {
        Map<String, Exchange> first = new HashMap<>();
        Set<String> orders = new HashSet<>();
        for (Exchange exchange : evidence.exchanges) {
            if (exchange.kind() == Exchange.Kind.BAD && exchange.status() < 400) {
                found(
                        Invariant.S10,
                        exchange.key(),
                        "was accepted with status " + exchange.status() + ": " + exchange.body());
            }
            if (exchange.kind() == Exchange.Kind.BAD || exchange.kind() == Exchange.Kind.FORGED) {
                continue;
            }
            Exchange known = first.putIfAbsent(exchange.key(), exchange);
            if (known == null) {
                boolean again = exchange.kind() == Exchange.Kind.PLACE
                        && exchange.accepted()
                        && !orders.add(String.valueOf(exchange.orderId()));
                if (again) {
                    found(Invariant.S10, exchange.key(), "got order " + exchange.orderId() + ", which another key has");
                }
            } else if (known.body().equals(exchange.body())) {
                repeated(known, exchange);
            } else if (exchange.status() != 422) {
                found(
                        Invariant.S10,
                        exchange.key(),
                        "came with another body and was answered with " + exchange.status() + " (expected: 422)");
            }
        }
    }

    /** One that is told to come again has no answer yet. */
    private void repeated(Exchange known, Exchange exchange) {
        boolean refused = (known.accepted() && exchange.refused()) || (known.refused() && exchange.accepted());
        boolean differs =
                known.accepted() && exchange.accepted() && !exchange.answer().equals(known.answer());
        if (refused || differs) {
            found(
                    Invariant.S10,
                    exchange.key(),
                    "was answered with " + known.status() + " " + known.answer() + " and then with " + exchange.status()
                            + " " + exchange.answer());
        }
    }

    private static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }

    private void found(Invariant invariant, String subject, String detail) {
        findings.add(new Finding(invariant, subject, detail));
    }
}
