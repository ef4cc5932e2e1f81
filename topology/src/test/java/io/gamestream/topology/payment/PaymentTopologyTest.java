package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Notification;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentEvent;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspReference;
import io.gamestream.schemas.payments.PspStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring; what is decided is {@link PaymentMachineTest}'s. */
class PaymentTopologyTest {

    @TempDir
    Path stateDir;

    private DrivenPayments payments;

    @BeforeEach
    void start() {
        payments = new DrivenPayments(stateDir, PaymentTopology::spec);
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void oneOrderGoesThroughEveryTopic() {
        payments.ask(Payments.place());
        PspCommand create = command();
        assertThat(create.getOperationId()).isEqualTo("o1:create:1");

        payments.answer(create, PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));

        assertThat(payments.read(PaymentTopics.PAYMENT_VIEW, PaymentView.class))
                .extracting(PaymentView::getStatus)
                .containsExactly(OrderState.AWAITING_PAYMENT, OrderState.COMPLETED);
        assertThat(payments.read(PaymentTopics.LEDGER_POSTINGS, LedgerPosting.class))
                .extracting(LedgerPosting::getPostingId)
                .containsExactly("pi_1:CAPTURE:1");
        assertThat(payments.read(PaymentTopics.ENTITLEMENTS, OrderEntitlements.class))
                .hasSize(1);
        assertThat(payments.read(PaymentTopics.EVENTS, PaymentEvent.class)).hasSize(4);
        assertThat(payments.read(PaymentTopics.NOTIFICATIONS, Notification.class))
                .hasSize(1);
        assertThat(payments.output(PaymentTopics.PSP_REFERENCES, PspReference.class)
                        .readRecord())
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo("pi_1");
                    assertThat(record.value().getOrderId()).isEqualTo("o1");
                });
        List<JournalEntry> journal = payments.read(PaymentTopics.JOURNAL, JournalEntry.class);
        assertThat(journal).hasSize(2);
        assertThat(JournalRules.problem(journal)).as("also after serialization").isEmpty();
        assertThat(payments.deadLetters()).isZero();
    }

    @Test
    void timersFireByTheClockEachAtItsTime() {
        payments.ask(Payments.place());
        payments.answer(command(), PspOutcome.DECLINED, Payments.declined("processing_error"));
        payments.turnClock(Duration.ofSeconds(21));
        PspCommand confirm = command();
        assertThat(confirm.getOperationId()).isEqualTo("o1:confirm:1");
        payments.turnClock(Duration.ofSeconds(129));
        assertThat(payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class)).isEmpty();
        payments.turnClock(Duration.ofSeconds(2));
        assertThat(command().getKind()).as("the result is overdue").isEqualTo(OperationKind.SYNC);
    }

    /** The setting has grown since the timer was written: it is asked too early, and must not be lost by that. */
    @Test
    void aTimerThatIsDueLaterThanItWasWrittenFiresThen() {
        payments.ask(Payments.place());
        assertThat(command().getKind()).isEqualTo(OperationKind.CREATE);
        payments.writeTimer("o1", TimerKind.OVERDUE, Duration.ofSeconds(130), Duration.ofSeconds(5));
        payments.turnClock(Duration.ofSeconds(129));
        assertThat(payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class)).isEmpty();
        payments.turnClock(Duration.ofSeconds(2));
        assertThat(command().getKind()).isEqualTo(OperationKind.SYNC);
    }

    @Test
    void manyTimersAreFiredInBoundedTicksAndNoneIsLost() {
        for (int i = 0; i < 7; i++) {
            OrderCommand order = Payments.place();
            order.setOrderId("o" + i);
            payments.ask(order);
        }
        assertThat(payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class)).hasSize(7);
        payments.turnClock(Duration.ofSeconds(131));
        int first = payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class).size();
        assertThat(first).isBetween(2, 6);
        for (int i = 0; i < 3; i++) {
            payments.turnClock(Duration.ofMillis(100));
        }
        assertThat(first
                        + payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class)
                                .size())
                .isEqualTo(7);
    }

    @Test
    void aParkedOrderIsReplayedOnceAndDelaysNobody() {
        OrderCommand bad = Payments.place();
        payments.ask(bad);
        payments.answer(command(), PspOutcome.REFUSED);
        ParkedOrder letter =
                payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class).get(0);
        assertThat(letter.getStatus()).isEqualTo(DeadLetterStatus.OPEN);
        OrderCommand other = Payments.place();
        other.setOrderId("o2");
        payments.ask(other);
        assertThat(command().getOrderId()).isEqualTo("o2");

        replay(letter);

        assertThat(command().getOperationId()).isEqualTo("o1:create:2");
        assertThat(payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class))
                .extracting(ParkedOrder::getStatus)
                .containsExactly(DeadLetterStatus.RESOLVED);
        payments.read(PaymentTopics.JOURNAL, JournalEntry.class);
        replay(letter);
        assertThat(payments.read(PaymentTopics.JOURNAL, JournalEntry.class)).isEmpty();
        assertThat(payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class)).isEmpty();
    }

    @Test
    void oldRoutesAreForgottenAFewAtATime() {
        for (int i = 0; i < 8; i++) {
            payments.send(
                    PaymentTopics.PSP_REFERENCES, PspReference.class, "pi_" + i, new PspReference("pi_" + i, "o" + i));
        }
        assertThat(payments.routes()).isEqualTo(8);
        payments.turnClock(Duration.ofDays(400).minusHours(1));
        assertThat(payments.routes()).isEqualTo(8);
        payments.turnClock(Duration.ofHours(12));
        assertThat(payments.routes()).as("three at once").isBetween(2L, 5L);
        payments.turnClock(Duration.ofHours(12));
        payments.turnClock(Duration.ofHours(12));
        payments.turnClock(Duration.ofHours(12));
        assertThat(payments.routes()).isZero();
        assertThat(payments.deadLetters()).isZero();
    }

    @Test
    void anUnroutedWebhookFindsItsOrder() {
        payments.ask(Payments.place());
        payments.tell(
                PaymentTopics.UNROUTED_WEBHOOKS,
                "pi_1",
                Payments.webhook("evt_1", Payments.disputed(PspStatus.NEEDS_RESPONSE, Payments.TOTAL, 0)));
        assertThat(view().getDisputes()).as("its order isn't known yet").isEmpty();
        payments.answer(command(), PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        assertThat(view().getDisputes()).hasSize(1);
        payments.tell(
                PaymentTopics.UNROUTED_WEBHOOKS,
                "pi_1",
                Payments.webhook("evt_2", Payments.disputed(PspStatus.WON, Payments.TOTAL, Payments.TOTAL)));
        assertThat(view().getDisputes().get(0).getStatus()).isEqualTo(PspStatus.WON);
    }

    @Test
    void aWebhookOfNobodysIntentIsADeadLetterUntilSomeoneHasIt() {
        payments.tell(
                PaymentTopics.UNROUTED_WEBHOOKS,
                "pi_1",
                Payments.webhook("evt_1", Payments.charge(PspStatus.SUCCEEDED)));
        payments.turnClock(Duration.ofMinutes(9));
        assertThat(payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class))
                .isEmpty();
        payments.turnClock(Duration.ofMinutes(2));
        assertThat(payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getMessage()).contains("pi_1, which no order has"));
        payments.send(PaymentTopics.PSP_REFERENCES, PspReference.class, "pi_1", new PspReference("pi_1", "o1"));
        assertThat(payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class))
                .extracting(ParkedOrder::getStatus)
                .containsExactly(DeadLetterStatus.RESOLVED);
    }

    @Test
    void aRecordThatBelongsToNoOrdersStoryIsADeadLetterAndTheNextOneGoesOn() {
        payments.ask(Payments.cancel());
        assertThat(payments.deadLetters()).isEqualTo(1);
        payments.ask(Payments.place());
        assertThat(command().getOperationId()).isEqualTo("o1:create:1");
    }

    private PaymentView view() {
        List<PaymentView> views = payments.read(PaymentTopics.PAYMENT_VIEW, PaymentView.class);
        return views.get(views.size() - 1);
    }

    private void replay(ParkedOrder letter) {
        payments.send(
                PaymentTopics.ADMIN_COMMANDS,
                AdminCommand.class,
                letter.getOrderId(),
                new AdminCommand(
                        "a1",
                        AdminCommandKind.REPLAY,
                        letter.getOrderId(),
                        letter.getDeadLetterId(),
                        "staff:1",
                        null,
                        Payments.PLACED));
    }

    private PspCommand command() {
        List<PspCommand> commands = payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class);
        return commands.get(commands.size() - 1);
    }
}
