package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.gamestream.payments.MovableClock;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books of the simulator. */
class StripeBalanceTest {

    private static final Instant EVER = Instant.EPOCH;
    private static final Instant FUTURE = EVER.plus(Duration.ofHours(3));

    private final List<BalanceMove> moves = new ArrayList<>();
    private final List<DisputeState> disputes = new ArrayList<>();

    @TempDir
    Path dir;

    @Test
    void everyMoveIsListedWithItsOrderHoweverManyPagesThereAre() throws Exception {
        try (Sim sim = new Sim(dir)) {
            StripeProvider provider = Sim.provider(sim.settings(Duration.ofSeconds(5)));
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

            Instant now = Instant.now();
            StripeBalance balance = new StripeBalance(sim.settings(Duration.ofSeconds(5)));
            list(balance, now.minus(Duration.ofMinutes(130)), now.plusSeconds(5));

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
            moves.clear();
            list(balance, EVER, EVER.plusSeconds(1));
            assertThat(moves).isEmpty();
        }
    }

    @Test
    void hoursAreListedOneAfterTheOtherOldestFirst() throws Exception {
        Instant now = Instant.now();
        MovableClock clock = new MovableClock(now.minus(Duration.ofHours(5)));
        try (Sim sim = new Sim(dir, clock)) {
            StripeProvider provider = Sim.provider(sim.settings(Duration.ofSeconds(5)));
            for (int i = 0; i < 8; i++) {
                clock.moveTo(now.minus(Duration.ofHours(5)).plus(Duration.ofMinutes(35L * i)));
                provider.execute(Sim.create("o" + i)).join();
            }
            list(
                    new StripeBalance(sim.settings(Duration.ofSeconds(5))),
                    now.minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.SECONDS),
                    now.truncatedTo(ChronoUnit.SECONDS));
            assertThat(moves)
                    .extracting(BalanceMove::orderId)
                    .containsExactly("o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7");
        }
    }

    private int list(StripeBalance balance, Instant from, Instant until) throws InterruptedException {
        return balance.list(from, until, moves::add, disputes::add);
    }

    @Test
    void rowsThatCanNotBeCountedAreLeftOutAndTold() throws Exception {
        Map<String, String> lists = Map.of(
                "/v1/charges",
                "{'object':'charge','id':'ch_1','payment_intent':'pi_1','metadata':{'order_id':'o1'}},"
                        + "{'object':'charge','id':'ch_2','payment_intent':'pi_2','metadata':{'order_id':'o2'}}",
                "/v1/disputes",
                "{'object':'dispute','id':'dp_1','charge':'ch_1','status':'lost','amount':500,'currency':'eur','created':3},"
                        + "{'object':'dispute','id':'dp_2','charge':'ch_2','status':'lost','amount':500,'currency':'ugx','created':3}",
                "/v1/balance_transactions",
                "{'object':'balance_transaction','id':'txn_4','source':'po_1','reporting_category':'payout','amount':9,'fee':0,'currency':'zzz','created':4},"
                        + "{'object':'balance_transaction','id':'txn_3','source':'dp_1','reporting_category':'dispute','amount':-500,'fee':0,'currency':'eur','created':3},"
                        + "{'object':'balance_transaction','id':'txn_2','source':'ch_2','reporting_category':'charge','amount':500,'fee':0,'currency':'ugx','created':2},"
                        + "{'object':'balance_transaction','id':'txn_1','source':'ch_1','reporting_category':'charge','amount':500,'fee':0,'currency':'eur','created':1}");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String rows = lists.getOrDefault(exchange.getRequestURI().getPath(), "");
            byte[] body = ("{'object':'list','has_more':false,'data':[" + rows + "]}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            int unreadable = list(
                    new StripeBalance(Sim.settings(url, Sim.KEY, Duration.ofSeconds(5))), EVER, EVER.plusSeconds(9));
            assertThat(moves).extracting(BalanceMove::id).containsExactly("txn_1", "txn_3");
            assertThat(moves).extracting(BalanceMove::orderId).containsOnly("o1");
            assertThat(disputes).extracting(DisputeState::id).containsExactly("dp_1");
            assertThat(unreadable).isEqualTo(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aKeyThatThePspDoesNotKnowIsNamedAtOnce() throws Exception {
        try (Sim sim = new Sim(dir)) {
            StripeBalance balance =
                    new StripeBalance(Sim.settings(sim.url(), "sk_test_of_another", Duration.ofSeconds(5)));
            assertThatThrownBy(() -> list(balance, EVER, FUTURE))
                    .isInstanceOf(StripeBalance.UnreadableException.class)
                    .hasMessageContainingAll("401", "API key", "local.psp.data-dir")
                    .hasMessageNotContaining("sk_test_of_another");
        }
    }

    @Test
    void halfAListIsNone() {
        StripeBalance away =
                new StripeBalance(Sim.settings(URI.create("http://127.0.0.1:1"), Sim.KEY, Duration.ofMillis(300)));
        assertThatThrownBy(() -> list(away, EVER, FUTURE))
                .isInstanceOf(StripeBalance.UnreadableException.class)
                .hasMessageContaining("/v1/charges");
    }

    /** Each would end the list, as if there were no more money in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'object':'list','data':[]}",
                "{'object':'list','data':[],'has_more':true}",
                "{'object':'list','data':[null],'has_more':false}",
                "{'object':'list','data':[{'object':'charge'}],'has_more':false}",
                "{'object':'list','data':[{'object':'charge','id':'ch_1'}],'has_more':true}",
            })
    void aPageThatIsNoneEndsNoList(String page) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = page.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            StripeBalance balance = new StripeBalance(Sim.settings(url, Sim.KEY, Duration.ofSeconds(5)));
            assertThatThrownBy(() -> list(balance, EVER, EVER.plusSeconds(9)))
                    .isInstanceOf(StripeBalance.UnreadableException.class)
                    .hasMessageContaining("/v1/charges");
        } finally {
            server.stop(0);
        }
    }
}
