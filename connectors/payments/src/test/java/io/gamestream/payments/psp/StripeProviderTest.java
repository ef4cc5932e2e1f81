package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a call can end, against the simulator. */
class StripeProviderTest {

    @TempDir
    Path dir;

    private Sim sim;
    private StripeProvider provider;

    @BeforeEach
    void start() throws Exception {
        sim = new Sim(dir);
        provider = Sim.provider(sim.settings(Duration.ofSeconds(3)));
    }

    @AfterEach
    void stop() throws Exception {
        sim.close();
    }

    private ProviderAnswer call(PspCommand command) {
        return provider.execute(command).join();
    }

    private static PspFact fact(ProviderAnswer answer, PspObject object) {
        return answer.facts().stream()
                .filter(fact -> fact.getObject() == object)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + object + " in " + answer));
    }

    private String paid(String orderId) {
        return fact(call(Sim.create(orderId)), PspObject.INTENT).getId();
    }

    @Test
    void succeeds() {
        ProviderAnswer answer = call(Sim.create("o1"));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.DONE);
        PspFact intent = fact(answer, PspObject.INTENT);
        assertThat(intent.getStatus()).isEqualTo(PspStatus.SUCCEEDED);
        assertThat(intent.getCapturedMinor()).isEqualTo(1_999);
        assertThat(intent.getCurrency()).isEqualTo("EUR");
        assertThat(intent.getOperationId()).isEqualTo("o1:create:1");
        assertThat(answer.requestId()).startsWith("req_");
        assertThat(call(Sim.create("o1")).facts()).as("the same call again").isEqualTo(answer.facts());
    }

    @Test
    void asksForTheCustomer() {
        ProviderAnswer answer = call(Sim.create("o1", "pm_card_threeDSecure2Required"));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(fact(answer, PspObject.INTENT).getStatus()).isEqualTo(PspStatus.REQUIRES_ACTION);
    }

    @Test
    void isDeclinedWithTheIntentThatCanBeTriedAgain() {
        ProviderAnswer answer = call(Sim.create("o1", "pm_card_chargeDeclinedInsufficientFunds"));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.DECLINED);
        PspFact intent = fact(answer, PspObject.INTENT);
        assertThat(intent.getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(intent.getAdviceCode()).isEqualTo("try_again_later");
        PspCommand again = Sim.command(OperationKind.CONFIRM, "o1", 1)
                .setIntentId(intent.getId())
                .setPaymentMethod("pm_card_visa")
                .build();
        assertThat(call(again).outcome()).isEqualTo(PspOutcome.DONE);
    }

    @Test
    void refundsAndSaysWhoAsked() {
        PspCommand refund = Sim.command(OperationKind.REFUND, "o1", 1)
                .setIntentId(paid("o1"))
                .setAmountMinor(500L)
                .setCurrency("EUR")
                .build();
        PspFact fact = fact(call(refund), PspObject.REFUND);
        assertThat(fact.getStatus()).isEqualTo(PspStatus.SUCCEEDED);
        assertThat(fact.getOperationId()).isEqualTo("o1:refund:1");
        assertThat(fact.getAmountMinor()).isEqualTo(500);
    }

    @Test
    void anAnswerThatNeverComesIsUnknownAndTheSameKeyTells() throws Exception {
        StripeProvider impatient = Sim.provider(sim.settings(Duration.ofMillis(200)));
        for (String fault : new String[] {"timeout-after", "timeout-before", "slow", "stall-body"}) {
            sim.script("create", fault);
            ProviderAnswer lost = impatient.execute(Sim.create(fault)).join();
            assertThat(lost.outcome()).as(fault).isEqualTo(PspOutcome.UNKNOWN);
            assertThat(lost.httpStatus()).isNull();
        }
        assertThat(call(Sim.create("stall-body")).outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(call(Sim.create("timeout-after")).outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(call(Sim.create("timeout-before")).outcome()).isEqualTo(PspOutcome.DONE);
    }

    @Test
    void anInternalErrorIsUnknownHoweverOftenItIsRepeated() throws Exception {
        sim.script("create", "error-after");
        assertThat(call(Sim.create("o1")).outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(call(Sim.create("o1")).outcome()).isEqualTo(PspOutcome.UNKNOWN);
        ProviderAnswer read = call(Sim.command(OperationKind.SYNC, "o1", 1).build());
        assertThat(read.outcome()).isEqualTo(PspOutcome.DONE);
        assertThat(fact(read, PspObject.INTENT).getStatus()).isEqualTo(PspStatus.SUCCEEDED);
    }

    @Test
    void aRateLimitAndARefusedConnectionAreSurelyNotExecuted() throws Exception {
        sim.script("create", "rate-limit");
        ProviderAnswer limited = call(Sim.create("o1"));
        assertThat(limited.outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        assertThat(limited.httpStatus()).isEqualTo(429);
        StripeProvider nobody =
                Sim.provider(Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, Duration.ofSeconds(1)));
        assertThat(nobody.execute(Sim.create("o2")).join().outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
        StripeProvider stranger = Sim.provider(Sim.settings(sim.url(), "sk_test_other", Duration.ofSeconds(1)));
        assertThat(stranger.execute(Sim.create("o3")).join().outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
    }

    @Test
    void ourOwnMistakesAreToldApart() {
        String intent = paid("o1");
        PspCommand other = Sim.create("o1");
        other.setAmountMinor(1L);
        assertThat(call(other).outcome()).isEqualTo(PspOutcome.KEY_REUSED);
        PspCommand cancel =
                Sim.command(OperationKind.CANCEL, "o1", 1).setIntentId(intent).build();
        ProviderAnswer late = call(cancel);
        assertThat(late.outcome()).isEqualTo(PspOutcome.UNEXPECTED_STATE);
        assertThat(fact(late, PspObject.INTENT).getStatus()).isEqualTo(PspStatus.SUCCEEDED);
        PspCommand nowhere = Sim.command(OperationKind.CONFIRM, "o2", 1)
                .setIntentId("pi_none")
                .build();
        assertThat(call(nowhere).outcome()).isEqualTo(PspOutcome.REFUSED);
        PspCommand lacking = Sim.command(OperationKind.CREATE, "o3", 1).build();
        assertThat(call(lacking).errorCode()).isEqualTo("invalid_command");
    }

    @Test
    void nothingIsSentAfterTheDeadline() {
        PspCommand late = Sim.create("o1");
        late.setDeadline(Instant.now().minusMillis(1));
        assertThat(call(late).outcome()).isEqualTo(PspOutcome.EXPIRED);
        assertThat(call(Sim.command(OperationKind.SYNC, "o1", 1).build()).outcome())
                .isEqualTo(PspOutcome.NOT_FOUND);
    }

    @Test
    void aReadShowsEverythingAboutThePayment() {
        String intent = paid("o1");
        call(Sim.command(OperationKind.REFUND, "o1", 1)
                .setIntentId(intent)
                .setAmountMinor(500L)
                .setCurrency("EUR")
                .build());
        for (PspCommand read : new PspCommand[] {
            Sim.command(OperationKind.SYNC, "o1", 1).setIntentId(intent).build(),
            Sim.command(OperationKind.SYNC, "o1", 2).build()
        }) {
            ProviderAnswer answer = call(read);
            assertThat(answer.outcome()).isEqualTo(PspOutcome.DONE);
            assertThat(answer.facts())
                    .extracting(PspFact::getObject)
                    .containsExactlyInAnyOrder(
                            PspObject.INTENT,
                            PspObject.CHARGE,
                            PspObject.REFUND,
                            PspObject.BALANCE_TRANSACTION,
                            PspObject.BALANCE_TRANSACTION);
            assertThat(fact(answer, PspObject.CHARGE).getRefundedMinor()).isEqualTo(500);
        }
        PspCommand none =
                Sim.command(OperationKind.SYNC, "o9", 1).setIntentId("pi_none").build();
        assertThat(call(none).outcome()).isEqualTo(PspOutcome.NOT_FOUND);
    }
}
