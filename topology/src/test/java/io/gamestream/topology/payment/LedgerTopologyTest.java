package io.gamestream.topology.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.payments.LedgerPosting;
import io.gamestream.schemas.payments.Leg;
import io.gamestream.schemas.payments.PostingKind;
import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTopologyTest {

    @TempDir
    Path stateDir;

    private DrivenPayments payments;

    @BeforeEach
    void start() {
        payments = new DrivenPayments(stateDir, LedgerTopology::spec);
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void balancesAreSumsByCurrency() {
        post("p1", "EUR", 500);
        post("p2", "EUR", -200);
        post("p3", "BRL", 70);
        Map<String, AccountView> accounts =
                payments.output(PaymentTopics.ACCOUNT_VIEW, AccountView.class).readKeyValuesToMap();
        assertThat(of(accounts, "psp_clearing").getBalances())
                .containsExactly(new AccountBalance("BRL", 70L, 0L, 70L), new AccountBalance("EUR", 500L, 200L, 300L));
        assertThat(of(accounts, "revenue").getBalances())
                .containsExactly(
                        new AccountBalance("BRL", 0L, 70L, -70L), new AccountBalance("EUR", 200L, 500L, -300L));
        assertThat(of(accounts, "revenue").getPostings()).isEqualTo(3);
    }

    @Test
    void aPostingThatDoesNotBalanceIsADeadLetterAndTouchesNothing() {
        payments.send(
                PaymentTopics.LEDGER_POSTINGS,
                LedgerPosting.class,
                "o1",
                posting("p1", "EUR", List.of(new Leg("revenue", -5L), new Leg("psp_clearing", 4L))));
        assertThat(payments.deadLetters()).isEqualTo(1);
        assertThat(payments.read(PaymentTopics.ACCOUNT_VIEW, AccountView.class)).isEmpty();
    }

    private static AccountView of(Map<String, AccountView> accounts, String account) {
        return Objects.requireNonNull(accounts.get(account), account);
    }

    private void post(String id, String currency, long amount) {
        payments.send(
                PaymentTopics.LEDGER_POSTINGS,
                LedgerPosting.class,
                "o1",
                posting(id, currency, List.of(new Leg("psp_clearing", amount), new Leg("revenue", -amount))));
    }

    private static LedgerPosting posting(String id, String currency, List<Leg> legs) {
        return new LedgerPosting(id, "o1", PostingKind.CAPTURE, "pi_1", currency, legs, 1L, Payments.PLACED);
    }
}
