package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.payments.AdminCommand;
import io.gamestream.schemas.payments.AdminCommandKind;
import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.JournalEntry;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parked orders through the topology: one dead letter each, replayed by a command, and never a new id while one is unknown. */
class DeadLettersTopologyTest {

    private static final Duration LONGEST_WAIT = Duration.ofHours(20);

    @TempDir
    Path stateDir;

    private DrivenPayments payments;
    private final List<PspCommand> commands = new ArrayList<>();

    @BeforeEach
    void start() {
        payments = new DrivenPayments(stateDir, PaymentTopology::spec);
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void anOrderWithoutAnOutcomeIsParkedOnceAndNoOtherOperationWasEverIssued() {
        exhaust();
        assertThat(commands)
                .filteredOn(command -> command.getKind() != OperationKind.SYNC)
                .extracting(PspCommand::getOperationId)
                .containsOnly("o1:create:1");
        List<ParkedOrder> letters = letters();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(ParkCause.EXHAUSTED);
            assertThat(letter.getStatus()).isEqualTo(DeadLetterStatus.OPEN);
            assertThat(letter.getReplayable()).isTrue();
            assertThat(letter.getWhatToDo()).contains("nothing is charged twice");
            assertThat(letter.getHistory()).anyMatch(line -> line.contains("OUTCOME_UNKNOWN"));
            assertThat(letter.getState().getOutcomeKnown()).isFalse();
        });
    }

    @Test
    void aReplayOfAnUnknownOutcomeOnlyReadsAndASecondOneWritesNothingAnywhere() {
        exhaust();
        letters();
        commands.clear();
        forgetEverything();

        replay("o1:parked:1");
        takeCommands();
        assertThat(commands).extracting(PspCommand::getKind).containsExactly(OperationKind.SYNC);
        assertThat(letters()).extracting(ParkedOrder::getStatus).containsExactly(DeadLetterStatus.RESOLVED);
        forgetEverything();

        replay("o1:parked:1");
        assertThat(written()).as("records that the second replay wrote").isZero();

        payments.answer(commands.get(0), PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED));
        PaymentView view = last(PaymentTopics.PAYMENT_VIEW, PaymentView.class);
        assertThat(view.getCapturedMinor()).isEqualTo(Payments.TOTAL);
        assertThat(view.getPayment())
                .as("it had expired meanwhile, so the money goes back")
                .isEqualTo(PaymentState.LATE_CAPTURED);
        forgetEverything();
        replay("o1:parked:1");
        assertThat(written()).isZero();
    }

    @Test
    void aPoisonedOrderHasOneLetterThatAReplayDoesNotOpen() {
        var poisoned = Payments.place();
        poisoned.setTotalMinor(1L);
        payments.ask(poisoned);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(ParkCause.POISON);
            assertThat(letter.getReplayable()).isFalse();
        });
        forgetEverything();
        replay("o1:parked:1");
        assertThat(written()).isZero();
    }

    @Test
    void anOrderWhoseMoneyContradictsItHasOneLetterUntilTheMoneyIsBack() {
        payments.ask(Payments.place());
        takeCommands();
        payments.answer(commands.get(0), PspOutcome.DONE, Payments.intent(PspStatus.SUCCEEDED, Payments.TOTAL, 1));
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).isEqualTo(ParkCause.CONFLICT);
            assertThat(letter.getReplayable()).isFalse();
            assertThat(letter.getWhatToDo()).contains("Refund");
        });
        payments.ask(Payments.refund("r1"));
        takeCommands();
        PspCommand refund = commands.get(commands.size() - 1);
        payments.answer(
                refund, PspOutcome.DONE, Payments.refunded("re_1", PspStatus.SUCCEEDED, 1, refund.getOperationId()));
        assertThat(letters()).extracting(ParkedOrder::getStatus).containsExactly(DeadLetterStatus.RESOLVED);
    }

    /** The PSP never says what became of the creation, and neither does any read of it. */
    private void exhaust() {
        payments.ask(Payments.place());
        takeCommands();
        payments.answer(commands.get(0), PspOutcome.UNKNOWN);
        int turns = 0;
        while (status() != OrderState.PARKED) {
            payments.turnClock(LONGEST_WAIT);
            int known = commands.size();
            takeCommands();
            commands.subList(known, commands.size()).forEach(read -> payments.answer(read, PspOutcome.UNKNOWN));
            assertThat(++turns).isLessThan(50);
        }
    }

    private void replay(String letter) {
        payments.send(
                PaymentTopics.ADMIN_COMMANDS,
                AdminCommand.class,
                Payments.ORDER,
                new AdminCommand(
                        "replay:" + letter,
                        AdminCommandKind.REPLAY,
                        Payments.ORDER,
                        letter,
                        "staff:1",
                        null,
                        Payments.PLACED));
    }

    private OrderState status = OrderState.UNPLACED;

    private OrderState status() {
        List<PaymentView> views = payments.read(PaymentTopics.PAYMENT_VIEW, PaymentView.class);
        if (!views.isEmpty()) {
            status = views.get(views.size() - 1).getStatus();
        }
        return status;
    }

    private void takeCommands() {
        commands.addAll(payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class));
    }

    private List<ParkedOrder> letters() {
        return payments.read(PaymentTopics.PARKED_ORDERS, ParkedOrder.class);
    }

    private <T extends SpecificRecord> T last(TopicSpec topic, Class<T> type) {
        List<T> all = payments.read(topic, type);
        return all.get(all.size() - 1);
    }

    private void forgetEverything() {
        long unused = written();
    }

    /** Records on any output since it was looked at last. */
    private long written() {
        return payments.read(PaymentTopics.PSP_COMMANDS, PspCommand.class).size()
                + payments.read(PaymentTopics.JOURNAL, JournalEntry.class).size()
                + payments.read(PaymentTopics.PAYMENT_VIEW, PaymentView.class).size()
                + payments.read(PaymentTopics.LEDGER_POSTINGS, io.gamestream.schemas.payments.LedgerPosting.class)
                        .size()
                + letters().size()
                + payments.deadLetters();
    }
}
