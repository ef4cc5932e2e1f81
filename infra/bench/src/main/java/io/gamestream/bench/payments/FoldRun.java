package io.gamestream.bench.payments;

import io.gamestream.runtime.settings.Settings;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderCommandKind;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.WebhookEvent;
import io.gamestream.topology.payment.Decision;
import io.gamestream.topology.payment.PaymentConfig;
import io.gamestream.topology.payment.PaymentInput;
import io.gamestream.topology.payment.PaymentMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The saga's rules alone, on one thread: an order that is placed, captured, and told of by two webhooks. Journal entries are
 * hashed as in the topology; stores and topics are left out.
 */
final class FoldRun {

    private static final long TOTAL = 1999;
    private static final long START = 1_767_225_600_000L;

    private final PaymentMachine machine = new PaymentMachine(Settings.load(null, Map.of(), Map.of())
            .bind("payments", PaymentConfig.class)
            .policy());
    private long inputs;
    private long transitions;

    /**
     * What was folded.
     *
     * @param inputsPerSecond commands, results and webhooks
     * @param transitionsPerSecond changes of state that they made, on all levels
     */
    record Speed(double inputsPerSecond, double transitionsPerSecond) {}

    Speed run(Duration duration) {
        inputs = 0;
        transitions = 0;
        long begin = System.nanoTime();
        long order = 0;
        while (System.nanoTime() - begin < duration.toNanos()) {
            purchase("order-" + order++);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Speed(inputs / seconds, transitions / seconds);
    }

    private void purchase(String id) {
        PaymentSaga saga = fold(null, id, new PaymentInput.Asked(place(id), 1));
        saga = fold(saga, id, new PaymentInput.Answered(captured(id)));
        saga = fold(saga, id, new PaymentInput.Told(webhook(id, "payment_intent.succeeded", intent(id))));
        saga = fold(saga, id, new PaymentInput.Told(webhook(id, "charge.succeeded", charge(id))));
        if (saga.getView().getStatus() != OrderState.COMPLETED) {
            throw new IllegalStateException(id + " came to " + saga.getView().getStatus() + " (expected: COMPLETED)");
        }
    }

    private PaymentSaga fold(@Nullable PaymentSaga before, String id, PaymentInput input) {
        Decision decision = machine.decide(before, id, input, START + inputs);
        inputs++;
        if (decision.entry() != null) {
            transitions += decision.entry().getTransitions().size();
        }
        PaymentSaga after = decision.saga() == null ? before : decision.saga();
        if (after == null) {
            throw new IllegalStateException(input + " has left nothing");
        }
        return after;
    }

    private static OrderCommand place(String id) {
        return OrderCommand.newBuilder()
                .setCommandId("cmd-" + id)
                .setKind(OrderCommandKind.PLACE)
                .setOrderId(id)
                .setUserId("u-1")
                .setLines(List.of(new OrderLine("g-1", 1, TOTAL)))
                .setTotalMinor(TOTAL)
                .setCurrency("EUR")
                .setPaymentMethod("pm_card_visa")
                .setCaptureMode(CaptureMode.AUTOMATIC)
                .setPresence(CustomerPresence.INTERACTIVE)
                .setActor("user:u-1")
                .setAt(Instant.ofEpochMilli(START))
                .build();
    }

    private static PspResult captured(String id) {
        PspFact fee = fact(PspObject.BALANCE_TRANSACTION, "txn-" + id, id);
        fee.setFeeMinor(88L);
        return PspResult.newBuilder()
                .setOperationId(id + ":create:1")
                .setOrderId(id)
                .setKind(OperationKind.CREATE)
                .setAttempt(1)
                .setIssue(1)
                .setOutcome(PspOutcome.DONE)
                .setFacts(List.of(intent(id), charge(id), fee))
                .setAnsweredAt(Instant.ofEpochMilli(START))
                .build();
    }

    private static WebhookEvent webhook(String id, String type, PspFact fact) {
        Instant at = Instant.ofEpochMilli(START);
        return new WebhookEvent(type + "-" + id, type, id, "pi-" + id, List.of(fact), at, at);
    }

    private static PspFact intent(String id) {
        PspFact fact = fact(PspObject.INTENT, "pi-" + id, id);
        fact.setCapturedMinor(TOTAL);
        fact.setChargeId("ch-" + id);
        return fact;
    }

    private static PspFact charge(String id) {
        PspFact fact = fact(PspObject.CHARGE, "ch-" + id, id);
        fact.setCapturedMinor(TOTAL);
        return fact;
    }

    private static PspFact fact(PspObject object, String objectId, String id) {
        return PspFact.newBuilder()
                .setObject(object)
                .setId(objectId)
                .setIntentId("pi-" + id)
                .setOperationId(id + ":create:1")
                .setStatus(PspStatus.SUCCEEDED)
                .setAmountMinor(TOTAL)
                .setCurrency("EUR")
                .build();
    }
}
