package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One order's life from a seed: the machine on one side, {@link ModelPsp} on the other, and between them everything that can
 * be lost, repeated, late and out of order. At last the faults stop and both must tell the same story.
 */
final class History {

    private static final int FAULTY_STEPS = 30;

    private static final List<String> REASONS = List.of("fraudulent", "duplicate", "somebody's own words");

    private final Random random;
    private final UnaryOperator<PspCommand> bug;
    private final ModelPsp psp;
    private final Saga saga;
    private final List<PspCommand> calls = new ArrayList<>();
    private final List<PspCommand> hanging = new ArrayList<>();
    private final List<PspResult> answers = new ArrayList<>();
    private final List<WebhookEvent> webhooks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    /** Whether every webhook is lost: then reads alone must do. */
    private final boolean deaf;

    private boolean reconciled;
    private int sent;
    private int events;

    private History(long seed, UnaryOperator<PspCommand> bug) {
        this.bug = bug;
        random = new Random(seed);
        psp = new ModelPsp(random);
        saga = new Saga(Payments.policy(random.nextInt(4) == 0));
        deaf = random.nextInt(4) == 0;
    }

    static List<String> problems(long seed) {
        return problems(seed, UnaryOperator.identity());
    }

    /**
     * What is wrong with the history of this seed; empty where nothing is.
     *
     * @param bug planted between the saga and the PSP
     */
    static List<String> problems(long seed, UnaryOperator<PspCommand> bug) {
        History history = new History(seed, bug);
        try {
            history.run();
        } catch (RuntimeException e) {
            history.problems.add(e.toString() + " at " + e.getStackTrace()[0]);
        }
        return history.problems;
    }

    private void run() {
        saga.ask(Payments.place(
                random.nextInt(3) == 0 ? CaptureMode.MANUAL : CaptureMode.AUTOMATIC,
                random.nextInt(4) == 0 ? CustomerPresence.OFF_SESSION : CustomerPresence.INTERACTIVE));
        for (int i = 0; i < FAULTY_STEPS; i++) {
            step();
            checkAlways();
        }
        heal();
        checkAtRest();
    }

    private void step() {
        collect();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> take(calls).ifPresent(this::call);
            case 3, 4 -> take(answers).ifPresent(this::deliver);
            case 5, 6 -> take(webhooks).ifPresent(this::deliver);
            case 7 -> psp.happen();
            case 8 -> ask();
            default -> {
                if (random.nextBoolean()) {
                    take(hanging).ifPresent(command -> atPsp(command));
                } else {
                    fireOne();
                }
            }
        }
    }

    /** Each message may be delivered again. */
    private void deliver(PspResult answer) {
        if (random.nextInt(5) == 0) {
            answers.add(answer);
        }
        saga.answer(answer);
    }

    private void deliver(WebhookEvent event) {
        if (random.nextInt(5) == 0) {
            webhooks.add(event);
        }
        if (!deaf && random.nextInt(5) != 0) {
            saga.tell(event);
        }
    }

    private void call(PspCommand command) {
        if (random.nextInt(10) == 0) {
            // Consumed twice, as after a crash between the call and its result.
            calls.add(command);
            boolean resultIsLost =
                    random.nextBoolean() && saga.now <= command.getDeadline().toEpochMilli();
            if (resultIsLost) {
                atPsp(command);
                return;
            }
        }
        if (saga.now > command.getDeadline().toEpochMilli()) {
            answers.add(Payments.answer(command, PspOutcome.EXPIRED));
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> answers.add(Payments.answer(command, PspOutcome.NOT_EXECUTED));
            case 1 -> answers.add(Payments.answer(command, PspOutcome.UNKNOWN));
            case 2 -> {
                atPsp(command);
                answers.add(Payments.answer(command, PspOutcome.UNKNOWN));
            }
            case 3 -> {
                // Still on its way when we gave up waiting.
                hanging.add(command);
                answers.add(Payments.answer(command, PspOutcome.UNKNOWN));
            }
            default -> answers.add(atPsp(command));
        }
    }

    private PspResult atPsp(PspCommand command) {
        PspResult answer = psp.call(bug.apply(PspCommand.newBuilder(command).build()), saga.now);
        answer.setOperationId(command.getOperationId());
        return answer;
    }

    private void ask() {
        switch (random.nextInt(6)) {
            case 0 -> saga.ask(because(Payments.cancel()));
            case 1 -> saga.ask(Payments.capture(random.nextBoolean() ? new String[] {"g1"} : new String[0]));
            case 2 -> saga.ask(because(Payments.refund("r" + random.nextInt(3), random.nextBoolean() ? "g1" : "g2")));
            case 3 -> saga.ask(because(Payments.refundOf("r" + random.nextInt(3), 1 + random.nextInt(3000))));
            case 4 -> saga.ask(because(Payments.refund("r" + random.nextInt(3))));
            default -> saga.ask(Payments.place());
        }
    }

    private OrderCommand because(OrderCommand command) {
        command.setReason(REASONS.get(saga.commands.size() % REASONS.size()));
        return command;
    }

    private void collect() {
        while (sent < saga.commands.size()) {
            PspCommand command = saga.commands.get(sent++);
            calls.add(command);
            checkNewOperation(command);
        }
        psp.tell().forEach(fact -> webhooks.add(Payments.webhook("evt_" + ++events, fact)));
    }

    private void fireOne() {
        Optional<Map.Entry<TimerKind, Long>> next =
                saga.timers().entrySet().stream().min(Map.Entry.comparingByValue());
        // What hangs at the PSP ends within minutes.
        if (next.isPresent()
                && next.get().getValue() > saga.now + Duration.ofMinutes(3).toMillis()) {
            hanging.forEach(command -> atPsp(command));
            hanging.clear();
        }
        next.ifPresent(timer -> saga.fire(timer.getKey()));
    }

    /** No faults any more; webhooks may be lost all the same. */
    private void heal() {
        hanging.forEach(command -> atPsp(command));
        hanging.clear();
        psp.comeToRest();
        for (int i = 0; i < 400; i++) {
            collect();
            if (!calls.isEmpty()) {
                PspCommand command = calls.remove(0);
                answers.add(
                        saga.now > command.getDeadline().toEpochMilli()
                                ? Payments.answer(command, PspOutcome.EXPIRED)
                                : atPsp(command));
            } else if (!answers.isEmpty()) {
                saga.answer(answers.remove(0));
            } else if (!webhooks.isEmpty()) {
                WebhookEvent event = webhooks.remove(0);
                if (!deaf) {
                    saga.tell(event);
                }
            } else if (!saga.timers().isEmpty()) {
                fireOne();
                psp.comeToRest();
            } else if (!reconciled) {
                // What happened there by itself and was told by a lost webhook only is the reconciliation's to find.
                reconciled = true;
                psp.comeToRest();
                saga.decide(new PaymentInput.Differs(Payments.difference()));
            } else if (saga.view().getDeadLetterId() != null) {
                saga.replay(saga.view().getDeadLetterId());
                if (saga.view().getStatus() == OrderState.PARKED) {
                    break;
                }
            } else {
                break;
            }
            checkAlways();
        }
    }

    private void checkNewOperation(PspCommand command) {
        if (command.getKind() == OperationKind.SYNC || command.getIssue() > 1) {
            return;
        }
        long open = saga.view().getOperations().stream()
                .filter(operation -> !operation.getOperationId().equals(command.getOperationId()))
                .filter(operation -> operation.getState() == OperationState.OUTCOME_UNKNOWN
                        || operation.getState() == OperationState.WAITING)
                .count();
        check(open == 0, "S4: " + command.getOperationId() + " while another outcome is unknown");
    }

    private void checkAlways() {
        PaymentView view = saga.view();
        check(psp.problem == null, "S3: " + psp.problem);
        check(psp.charges.size() <= 1, "S1: charges " + psp.charges);
        check(psp.refunded() <= psp.captured, "S7: refunded " + psp.refunded() + " of " + psp.captured);
        boolean active =
                view.getLines().stream().anyMatch(line -> line.getAccess().equals("ACTIVE"));
        check(!active || psp.captured > 0, "S2: active without money");
    }

    private void checkAtRest() {
        PaymentView view = saga.view();
        check(JournalRules.problem(saga.journal).isEmpty(), "S5: " + JournalRules.problem(saga.journal));
        check(saga.journal.get(saga.journal.size() - 1).getState().equals(view), "L5: journal and state differ");
        checkLedger();
        unique(
                "notification",
                saga.notifications.stream().map(Notification::getNotificationId).toList());
        unique("event", saga.events.stream().map(PaymentEvent::getEventId).toList());
        unique(
                "posting",
                saga.postings.stream().map(LedgerPosting::getPostingId).toList());
        check(saga.timers().isEmpty(), "L4: timers " + saga.timers());
        check(view.getOutcomeKnown(), "L4: an outcome is unknown");
        check(
                view.getCapturedMinor() == psp.captured,
                "L2: captured " + view.getCapturedMinor() + " not " + psp.captured);
        check(
                view.getRefundedMinor() + view.getRefundPendingMinor() == psp.refunded(),
                "L2: refunded " + view.getRefundedMinor() + " + " + view.getRefundPendingMinor() + " not "
                        + psp.refunded());
        check(
                view.getDisputes().stream()
                        .map(PaymentDispute::getStatus)
                        .toList()
                        .equals(psp.dispute == null ? List.of() : List.of(psp.dispute)),
                "L2: disputes " + view.getDisputes() + " not " + psp.dispute);
        check(
                expected().contains(view.getStatus()),
                "order is " + view.getStatus() + " (expected: " + expected() + ")");
        checkAccess();
    }

    /** The reference: what an order must have become, from the PSP's truth alone. */
    private Set<OrderState> expected() {
        if (psp.captured == 0) {
            if (psp.intent == PspStatus.REQUIRES_PAYMENT_METHOD) {
                return Set.of(OrderState.PAYMENT_FAILED);
            }
            return Set.of(OrderState.CANCELED, OrderState.EXPIRED);
        }
        if (psp.dispute == PspStatus.LOST) {
            return Set.of(OrderState.CHARGED_BACK);
        }
        if (psp.refunded() == psp.captured) {
            return Set.of(OrderState.REFUNDED);
        }
        return Set.of(OrderState.COMPLETED);
    }

    private void checkLedger() {
        saga.postings.forEach(posting -> check(
                posting.getLegs().stream()
                                .mapToLong(leg -> leg.getAmountMinor())
                                .sum()
                        == 0,
                "S6: unbalanced " + posting));
        long held = psp.captured - psp.refunded() - psp.withdrawn + psp.reinstated;
        check(
                saga.balance(LedgerRules.CLEARING) == held,
                "L2: clearing " + saga.balance(LedgerRules.CLEARING) + " not " + held);
    }

    private void checkAccess() {
        List<Grant> grants = saga.entitlements.isEmpty()
                ? List.of()
                : saga.entitlements.get(saga.entitlements.size() - 1).getGrants();
        Set<String> active = grants.stream()
                .filter(grant -> grant.getState() == GrantState.ACTIVE)
                .map(Grant::getGameId)
                .collect(Collectors.toCollection(TreeSet::new));
        check(active.equals(paidFor()), "L3: " + active + " (expected: " + paidFor() + ")");
        check(
                grants.stream().noneMatch(grant -> grant.getState() == GrantState.SUSPENDED),
                "L3: suspended though no dispute is open");
    }

    /** The games that money of this order is left for, and that nobody has given back. */
    private Set<String> paidFor() {
        if (psp.refunded() >= psp.captured || psp.dispute == PspStatus.LOST) {
            return Set.of();
        }
        Set<String> games = new TreeSet<>(psp.captured == Payments.TOTAL ? Set.of("g1", "g2") : Set.of("g1"));
        saga.view().getRefunds().stream()
                .filter(refund -> refund.getPspRefundId() != null)
                .filter(refund -> psp.refundStatus.get(refund.getPspRefundId()) != PspStatus.FAILED)
                .forEach(refund -> games.removeAll(refund.getGameIds()));
        return games;
    }

    private void unique(String what, List<String> ids) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        ids.stream().filter(id -> !seen.add(id)).forEach(twice::add);
        check(twice.isEmpty(), "S11: " + what + " written twice: " + twice);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds && !problems.contains(otherwise)) {
            problems.add(otherwise);
        }
    }

    private <T> Optional<T> take(List<T> from) {
        return from.isEmpty() ? Optional.empty() : Optional.of(from.remove(random.nextInt(from.size())));
    }
}
