package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books of the simulator. */
class StripeBalanceTest {

    private static final Instant EVER = Instant.EPOCH;
    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path dir;

    @Test
    void everyMoveIsListedWithItsOrderHoweverManyPagesThereAre() throws Exception {
        try (Sim sim = new Sim(dir)) {
            StripeProvider provider = new StripeProvider(sim.settings(Duration.ofSeconds(5)), InstantSource.system());
            String intent = "";
            for (int i = 0; i < 130; i++) {
                ProviderAnswer answer = provider.execute(Sim.create("o" + i)).join();
                intent = answer.facts().stream()
                        .filter(fact -> fact.getObject() == PspObject.INTENT)
                        .map(PspFact::getId)
                        .findFirst()
                        .orElseThrow();
            }
            ProviderAnswer refunded = provider.execute(Sim.command(OperationKind.REFUND, "o129", 1)
                            .setIntentId(intent)
                            .setAmountMinor(500L)
                            .setCurrency("EUR")
                            .build())
                    .join();
            assertThat(refunded.outcome()).isEqualTo(PspOutcome.DONE);

            List<BalanceMove> moves = new StripeBalance(sim.settings(Duration.ofSeconds(5)))
                    .list(EVER, FUTURE)
                    .moves();

            assertThat(moves).hasSize(131);
            assertThat(moves.get(0)).satisfies(first -> {
                assertThat(first.kind()).isEqualTo(BalanceMove.Kind.CAPTURE);
                assertThat(first.orderId()).isEqualTo("o0");
                assertThat(first.amountMinor()).isEqualTo(1_999);
                assertThat(first.feeMinor()).isEqualTo(30 + 1_999 * 290 / 10_000);
                assertThat(first.currency()).isEqualTo("EUR");
                assertThat(first.object()).startsWith("pi_");
            });
            BalanceMove last = moves.get(130);
            assertThat(last.kind()).isEqualTo(BalanceMove.Kind.REFUND);
            assertThat(last.orderId()).isEqualTo("o129");
            assertThat(last.intentId()).isEqualTo(intent);
            assertThat(last.amountMinor()).isEqualTo(-500);
            assertThat(last.object()).startsWith("re_");
            assertThat(new StripeBalance(sim.settings(Duration.ofSeconds(5)))
                            .list(EVER, EVER.plusSeconds(1))
                            .moves())
                    .isEmpty();
        }
    }

    @Test
    void aKeyThatThePspDoesNotKnowIsNamedAtOnce() throws Exception {
        try (Sim sim = new Sim(dir)) {
            StripeBalance balance =
                    new StripeBalance(Sim.settings(sim.url(), "sk_test_of_another", Duration.ofSeconds(5)));
            assertThatThrownBy(() -> balance.list(Instant.EPOCH, Instant.now()))
                    .isInstanceOf(StripeBalance.UnreadableException.class)
                    .hasMessageContainingAll("401", "API key", "local.psp.data-dir")
                    .hasMessageNotContaining("sk_test_of_another");
        }
    }

    @Test
    void halfAListIsNone() {
        StripeBalance away =
                new StripeBalance(Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, Duration.ofMillis(300)));
        assertThatThrownBy(() -> away.list(EVER, FUTURE))
                .isInstanceOf(StripeBalance.UnreadableException.class)
                .hasMessageContaining("/v1/charges");
    }
}
