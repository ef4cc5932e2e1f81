package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.WebhookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One order's machine with a clock that a test turns, and everything that it has written. */
final class Saga {

    final PaymentMachine machine;
    final List<PspCommand> commands = new ArrayList<>();
    final List<JournalEntry> journal = new ArrayList<>();
    final List<LedgerPosting> postings = new ArrayList<>();
    final List<OrderEntitlements> entitlements = new ArrayList<>();
    final List<PaymentEvent> events = new ArrayList<>();
    final List<Notification> notifications = new ArrayList<>();
    final List<ParkedOrder> deadLetters = new ArrayList<>();
    final List<PspReference> references = new ArrayList<>();

    @Nullable
    PaymentSaga state;

    long now = Payments.PLACED.toEpochMilli();
    private int webhooks;

    Saga() {
        this(Payments.policy());
    }

    Saga(PaymentPolicy policy) {
        this.machine = new PaymentMachine(policy);
    }

    static Saga placed() {
        Saga saga = new Saga();
        saga.ask(Payments.place());
        return saga;
    }

    Decision decide(PaymentInput input) {
        Decision decision = machine.decide(state, Payments.ORDER, input, now);
        state = decision.saga() == null ? state : decision.saga();
        commands.addAll(decision.commands());
        Optional.ofNullable(decision.entry()).ifPresent(journal::add);
        postings.addAll(decision.postings());
        Optional.ofNullable(decision.entitlements()).ifPresent(entitlements::add);
        events.addAll(decision.events());
        notifications.addAll(decision.notifications());
        deadLetters.addAll(decision.deadLetters());
        references.addAll(decision.references());
        return decision;
    }

    Decision ask(OrderCommand command) {
        return decide(new PaymentInput.Asked(command, 7));
    }

    Decision answer(PspResult result) {
        return decide(new PaymentInput.Answered(result));
    }

    /** To the newest command. */
    Decision answer(PspOutcome outcome, PspFact... facts) {
        return answer(Payments.answer(command(), outcome, facts));
    }

    Decision tell(PspFact... facts) {
        return tell(Payments.webhook("evt_" + ++webhooks, facts));
    }

    Decision tell(WebhookEvent event) {
        return decide(new PaymentInput.Told(event));
    }

    Decision replay(String deadLetterId) {
        return decide(new PaymentInput.Administered(new AdminCommand(
                "replay", AdminCommandKind.REPLAY, Payments.ORDER, deadLetterId, "staff:1", null, Payments.PLACED)));
    }

    /** An operator has the PSP read. */
    Decision sync() {
        return decide(new PaymentInput.Administered(new AdminCommand(
                "sync", AdminCommandKind.SYNC, Payments.ORDER, null, "staff:1", null, Payments.PLACED)));
    }

    /** Turns the clock to a timer and fires it. */
    Decision fire(TimerKind kind) {
        now = Math.max(now, Objects.requireNonNull(timers().get(kind), kind + " isn't armed, only " + timers()));
        return decide(new PaymentInput.Due(kind));
    }

    Map<TimerKind, Long> timers() {
        return machine.timers(state);
    }

    PaymentView view() {
        return Objects.requireNonNull(state).getView();
    }

    /** The newest one. */
    PspCommand command() {
        return commands.get(commands.size() - 1);
    }

    long balance(String account) {
        return postings.stream()
                .flatMap(posting -> posting.getLegs().stream())
                .filter(leg -> leg.getAccount().equals(account))
                .mapToLong(leg -> leg.getAmountMinor())
                .sum();
    }

    void complete() {
        answer(PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(view().getStatus()).isEqualTo(OrderState.COMPLETED);
    }

    /** The PSP has carried out the newest command, a refund of everything. */
    void giveBack() {
        answer(
                PspOutcome.DONE,
                Payments.refunded(
                        "re_1", PspStatus.SUCCEEDED, Payments.TOTAL, command().getOperationId()));
    }

    /** Of each line, as told last. */
    List<GrantState> grants() {
        return entitlements.get(entitlements.size() - 1).getGrants().stream()
                .map(Grant::getState)
                .toList();
    }
}
