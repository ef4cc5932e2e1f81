package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stripe's own client is the judge of what the simulator answers. */
class StripeSdkTest {

    @TempDir
    Path dir;

    private Simulator simulator;
    private StripeClient stripe;

    @BeforeEach
    void start() throws Exception {
        simulator = new Simulator(
                dir,
                Map.of(
                        "terms.challenge-ms", "20",
                        "terms.dispute-after-ms", "10",
                        "terms.dispute-for-ms", "600000",
                        "terms.refund-ms", "20"));
        stripe = simulator.sdk();
    }

    @AfterEach
    void stop() throws Exception {
        simulator.close();
    }

    @Test
    void takesMoneyAtOnce() throws Exception {
        PaymentIntent paid = buy("pm_card_visa", "order-1");
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(paid.getAmountReceived()).isEqualTo(1_099);
        assertThat(paid.getMetadata()).containsEntry("order_id", "order-1");
        PaymentIntent read = stripe.v1()
                .paymentIntents()
                .retrieve(
                        paid.getId(),
                        PaymentIntentRetrieveParams.builder()
                                .addExpand("latest_charge.balance_transaction")
                                .build());
        assertThat(read.getLatestChargeObject().getPaid()).isTrue();
        BalanceTransaction row = read.getLatestChargeObject().getBalanceTransactionObject();
        assertThat(row.getAmount()).isEqualTo(1_099);
        assertThat(row.getFee()).isEqualTo(1_099 * 290 / 10_000 + 30);
        assertThat(row.getNet()).isEqualTo(row.getAmount() - row.getFee());
        assertThat(row.getReportingCategory()).isEqualTo("charge");
    }

    @Test
    void createsConfirmsAndCapturesAPart() throws Exception {
        PaymentIntent created = stripe.v1()
                .paymentIntents()
                .create(order("order-2")
                        .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                        .build());
        assertThat(created.getStatus()).isEqualTo("requires_payment_method");
        PaymentIntent held = stripe.v1()
                .paymentIntents()
                .confirm(
                        created.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .build());
        assertThat(held.getStatus()).isEqualTo("requires_capture");
        assertThat(held.getAmountCapturable()).isEqualTo(1_099);
        PaymentIntent captured = stripe.v1()
                .paymentIntents()
                .capture(
                        created.getId(),
                        PaymentIntentCaptureParams.builder()
                                .setAmountToCapture(600L)
                                .build());
        assertThat(captured.getStatus()).isEqualTo("succeeded");
        assertThat(captured.getAmountReceived()).isEqualTo(600);
        List<BalanceTransaction> rows = stripe.v1()
                .balanceTransactions()
                .list(BalanceTransactionListParams.builder()
                        .setSource(captured.getLatestCharge())
                        .build())
                .getData();
        assertThat(rows)
                .extracting(BalanceTransaction::getReportingCategory, BalanceTransaction::getAmount)
                .containsExactlyInAnyOrder(tuple("charge", 1_099L), tuple("partial_capture_reversal", -499L));
    }

    @Test
    void declinesWithTheIssuersCodeAndLetsTheSameIntentBeTriedAgain() throws Exception {
        PaymentIntent created =
                stripe.v1().paymentIntents().create(order("order-3").build());
        assertThatThrownBy(() -> confirm(created, "pm_card_chargeDeclinedInsufficientFunds"))
                .isInstanceOfSatisfying(CardException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("card_declined");
                    assertThat(e.getDeclineCode()).isEqualTo("insufficient_funds");
                    assertThat(e.getStripeError().getAdviceCode()).isEqualTo("try_again_later");
                    assertThat(e.getStripeError().getPaymentIntent().getStatus())
                            .isEqualTo("requires_payment_method");
                });
        assertThat(stripe.v1()
                        .paymentIntents()
                        .retrieve(created.getId())
                        .getLastPaymentError()
                        .getDeclineCode())
                .isEqualTo("insufficient_funds");
        assertThat(confirm(created, "pm_card_visa").getStatus()).isEqualTo("succeeded");
        assertThatThrownBy(() -> confirm(created, "pm_card_visa"))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.getCode())
                        .isEqualTo("payment_intent_unexpected_state"));
    }

    @Test
    void asksTheCustomerAndGoesOnWhenItIsDone() throws Exception {
        PaymentIntent waiting = buy("pm_card_threeDSecure2Required", "order-4");
        assertThat(waiting.getStatus()).isEqualTo("requires_action");
        assertThat(waiting.getNextAction().getType()).isEqualTo("use_stripe_sdk");
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        stripe.v1().paymentIntents().retrieve(waiting.getId()).getStatus())
                .isEqualTo("succeeded"));
    }

    @Test
    void cancelsWhatIsNotPaidYet() throws Exception {
        PaymentIntent created =
                stripe.v1().paymentIntents().create(order("order-5").build());
        PaymentIntent canceled = stripe.v1()
                .paymentIntents()
                .cancel(
                        created.getId(),
                        PaymentIntentCancelParams.builder()
                                .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                                .build());
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThat(canceled.getCancellationReason()).isEqualTo("abandoned");
        PaymentIntent paid = buy("pm_card_visa", "order-6");
        assertThatThrownBy(() -> stripe.v1().paymentIntents().cancel(paid.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void refundsInPartsAndNeverMoreThanWasTaken() throws Exception {
        PaymentIntent paid = buy("pm_card_visa", "order-7");
        Refund first = refund(paid, 1_000L);
        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(first.getAmount()).isEqualTo(1_000);
        assertThatThrownBy(() -> refund(paid, 100L))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("greater than unrefunded amount");
        assertThat(refund(paid, null).getAmount()).isEqualTo(99);
        assertThatThrownBy(() -> refund(paid, null))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.getCode())
                        .isEqualTo("charge_already_refunded"));
        assertThat(stripe.v1().charges().retrieve(paid.getLatestCharge()).getRefunded())
                .isTrue();
    }

    @Test
    void aRefundMayFailInTheEnd() throws Exception {
        PaymentIntent paid = buy("pm_card_refundFail", "order-8");
        Refund pending = refund(paid, null);
        assertThat(pending.getStatus()).isEqualTo("pending");
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            Refund failed = stripe.v1().refunds().retrieve(pending.getId());
            assertThat(failed.getStatus()).isEqualTo("failed");
            assertThat(failed.getFailureReason()).isEqualTo("expired_or_canceled_card");
        });
        assertThat(stripe.v1().charges().retrieve(paid.getLatestCharge()).getAmountRefunded())
                .isZero();
    }

    @Test
    void aDisputeTakesTheMoneyAndTheRightToRefund() throws Exception {
        PaymentIntent paid = buy("pm_card_createDispute", "order-9");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> stripe.v1().disputes().list().getData().size() == 1);
        Dispute dispute = stripe.v1().disputes().list().getData().get(0);
        assertThat(dispute.getPaymentIntent()).isEqualTo(paid.getId());
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getIsChargeRefundable()).isFalse();
        assertThat(dispute.getBalanceTransactions().get(0).getNet()).isEqualTo(-1_099 - 1_500);
        assertThatThrownBy(() -> refund(paid, null))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.getCode())
                        .isEqualTo("charge_disputed"));
        simulator.admin("/_sim/disputes/" + dispute.getId() + "/resolve", "{\"won\":true}");
        assertThat(stripe.v1().disputes().retrieve(dispute.getId()).getStatus()).isEqualTo("won");
        assertThat(refund(paid, null).getStatus()).isEqualTo("succeeded");
    }

    @Test
    void listsWithCursorsAndFindsByMetadata() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, buy("pm_card_visa", "listed-" + i).getId());
        }
        List<String> walked = new ArrayList<>();
        stripe.v1()
                .paymentIntents()
                .list(PaymentIntentListParams.builder().setLimit(2L).build())
                .autoPagingIterable()
                .forEach(intent -> walked.add(intent.getId()));
        assertThat(walked).isEqualTo(made);
        assertThat(stripe.v1()
                        .paymentIntents()
                        .search(PaymentIntentSearchParams.builder()
                                .setQuery("metadata['order_id']:'listed-3'")
                                .build())
                        .getData())
                .extracting(PaymentIntent::getId)
                .containsExactly(made.get(1));
    }

    @Test
    void tellsEventsThatTheSdkCanReadInto() throws Exception {
        PaymentIntent paid = buy("pm_card_visa", "order-10");
        refund(paid, 99L);
        List<Event> events = stripe.v1()
                .events()
                .list(EventListParams.builder().setDeliverySuccess(false).build())
                .getData();
        assertThat(events)
                .extracting(Event::getType)
                .containsExactly(
                        "charge.refunded",
                        "refund.created",
                        "payment_intent.succeeded",
                        "charge.succeeded",
                        "payment_intent.created");
        for (Event event : events) {
            assertThat(event.getDataObjectDeserializer().getObject())
                    .as(event.getType())
                    .isPresent();
        }
        Event succeeded = events.get(2);
        assertThat(succeeded.getRequest().getIdempotencyKey()).isEqualTo("order-10:create:1");
        assertThat(((PaymentIntent) succeeded
                                .getDataObjectDeserializer()
                                .getObject()
                                .orElseThrow())
                        .getId())
                .isEqualTo(paid.getId());
    }

    @Test
    void answersTheSameKeyAsTheSdkExpects() throws Exception {
        assertThat(buy("pm_card_visa", "order-11").getId())
                .isEqualTo(buy("pm_card_visa", "order-11").getId());
        assertThatThrownBy(() -> buy("pm_card_mastercard", "order-11")).isInstanceOf(IdempotencyException.class);
        assertThatThrownBy(() -> simulator.sdk().v1().paymentIntents().retrieve("pi_none"))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.getCode())
                        .isEqualTo("resource_missing"));
        simulator.admin("/_sim/scripts", "{\"operation\":\"create\",\"fault\":\"rate-limit\"}");
        assertThatThrownBy(() -> buy("pm_card_visa", "order-12")).isInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> StripeClient.builder()
                        .setApiKey("sk_test_other")
                        .setApiBase(simulator.url())
                        .build()
                        .v1()
                        .paymentIntents()
                        .list())
                .isInstanceOf(AuthenticationException.class);
    }

    private static PaymentIntentCreateParams.Builder order(String id) {
        return PaymentIntentCreateParams.builder()
                .setAmount(1_099L)
                .setCurrency("eur")
                .putMetadata("order_id", id);
    }

    private PaymentIntent buy(String method, String id) throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .create(
                        order(id).setConfirm(true).setPaymentMethod(method).build(),
                        RequestOptions.builder()
                                .setIdempotencyKey(id + ":create:1")
                                .build());
    }

    private PaymentIntent confirm(PaymentIntent intent, String method) throws StripeException {
        return stripe.v1()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(method)
                                .build());
    }

    private Refund refund(PaymentIntent intent, @Nullable Long amount) throws StripeException {
        RefundCreateParams.Builder params = RefundCreateParams.builder().setPaymentIntent(intent.getId());
        return stripe.v1().refunds().create((amount == null ? params : params.setAmount(amount)).build());
    }
}
