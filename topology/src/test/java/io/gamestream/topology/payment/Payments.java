package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.CustomerPresence;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OrderCommand;
import io.gamestream.schemas.payments.OrderCommandKind;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspObject;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import io.gamestream.schemas.payments.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders, answers and facts for tests. */
final class Payments {

    static final String ORDER = "o1";
    static final String INTENT = "pi_1";
    static final long TOTAL = 2998;
    static final Instant PLACED = Instant.parse("2026-01-01T00:00:00Z");

    private Payments() {}

    static PaymentPolicy policy() {
        return policy(false);
    }

    static PaymentPolicy policy(boolean fulfilLateCaptures) {
        return new PaymentPolicy(
                Duration.ofMinutes(30),
                Duration.ofDays(20),
                Duration.ofDays(6),
                Duration.ofMinutes(2),
                Duration.ofSeconds(10),
                Duration.ofHours(20),
                Duration.ofMinutes(30),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 8),
                new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5), 3),
                List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7)),
                5,
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(6),
                        Duration.ofHours(20)),
                Duration.ofMinutes(10),
                fulfilLateCaptures);
    }

    /** Two games, 1999 and 999. */
    static OrderCommand place() {
        return place(CaptureMode.AUTOMATIC, CustomerPresence.INTERACTIVE);
    }

    static OrderCommand place(CaptureMode capture, CustomerPresence presence) {
        OrderCommand command = command(OrderCommandKind.PLACE, "place-1");
        command.setUserId("u1");
        command.setLines(List.of(new OrderLine("g1", 1, 1999L), new OrderLine("g2", 1, 999L)));
        command.setTotalMinor(TOTAL);
        command.setCurrency("EUR");
        command.setPaymentMethod("pm_card_visa");
        command.setCaptureMode(capture);
        command.setPresence(presence);
        return command;
    }

    static OrderCommand cancel() {
        return command(OrderCommandKind.CANCEL, "cancel-1");
    }

    static OrderCommand capture(String... games) {
        OrderCommand command = command(OrderCommandKind.CAPTURE, "capture-1");
        command.setGameIds(List.of(games));
        return command;
    }

    static OrderCommand refund(String id, String... games) {
        OrderCommand command = command(OrderCommandKind.REFUND, id);
        command.setGameIds(List.of(games));
        return command;
    }

    static OrderCommand refundOf(String id, long amountMinor) {
        OrderCommand command = command(OrderCommandKind.REFUND, id);
        command.setAmountMinor(amountMinor);
        return command;
    }

    private static OrderCommand command(OrderCommandKind kind, String id) {
        return OrderCommand.newBuilder()
                .setCommandId(id)
                .setKind(kind)
                .setOrderId(ORDER)
                .setActor("user:u1")
                .setAt(PLACED)
                .build();
    }

    static PspFact intent(PspStatus status) {
        return intent(status, TOTAL, status == PspStatus.SUCCEEDED ? TOTAL : 0);
    }

    static PspFact intent(PspStatus status, long amount, long captured) {
        PspFact fact = fact(PspObject.INTENT, INTENT, status, amount);
        fact.setCapturedMinor(captured);
        fact.setCapturableMinor(status == PspStatus.REQUIRES_CAPTURE ? amount : 0L);
        return fact;
    }

    /** What the PSP advises with some codes. */
    static @Nullable String advice(String code) {
        return switch (code) {
            case "stolen_card" -> "do_not_try_again";
            case "expired_card" -> "confirm_card_data";
            case "insufficient_funds", "processing_error", "issuer_not_available" -> "try_again_later";
            default -> null;
        };
    }

    static PspFact declined(String code) {
        PspFact fact = intent(PspStatus.REQUIRES_PAYMENT_METHOD);
        fact.setDeclineCode(code);
        fact.setAdviceCode(advice(code));
        return fact;
    }

    static PspFact charge(PspStatus status) {
        PspFact fact = fact(PspObject.CHARGE, "ch_1", status, TOTAL);
        fact.setCapturedMinor(status == PspStatus.SUCCEEDED ? TOTAL : 0L);
        return fact;
    }

    /** Of which a part was captured, and the rest released: the PSP counts it as refunded. */
    static PspFact charge(long captured, long refunded) {
        PspFact fact = charge(PspStatus.SUCCEEDED);
        fact.setCapturedMinor(captured);
        fact.setRefundedMinor(refunded);
        return fact;
    }

    static PspFact refunded(String id, PspStatus status, long amount, @Nullable String operationId) {
        PspFact fact = fact(PspObject.REFUND, id, status, amount);
        fact.setOperationId(operationId);
        return fact;
    }

    static PspFact disputed(PspStatus status, long withdrawn, long reinstated) {
        PspFact fact = fact(PspObject.DISPUTE, "dp_1", status, TOTAL);
        fact.setWithdrawnMinor(withdrawn);
        fact.setReinstatedMinor(reinstated);
        return fact;
    }

    static PspFact fee(String id, long feeMinor) {
        PspFact fact = fact(PspObject.BALANCE_TRANSACTION, id, PspStatus.UNKNOWN, TOTAL);
        fact.setFeeMinor(feeMinor);
        return fact;
    }

    static PspFact fact(PspObject object, String id, PspStatus status, long amount) {
        return PspFact.newBuilder()
                .setObject(object)
                .setId(id)
                .setIntentId(object == PspObject.INTENT ? null : INTENT)
                .setStatus(status)
                .setAmountMinor(amount)
                .setCurrency("EUR")
                .build();
    }

    static ReconciliationBreak difference() {
        return ReconciliationBreak.newBuilder()
                .setBreakId("AMOUNT:" + INTENT)
                .setRunId("run-1")
                .setKind(BreakKind.AMOUNT)
                .setStatus(BreakStatus.OPEN)
                .setOrderId(ORDER)
                .setFirstSeenAt(PLACED)
                .setAt(PLACED)
                .build();
    }

    static PspFact by(String operationId, PspFact fact) {
        fact.setOperationId(operationId);
        return fact;
    }

    static WebhookEvent webhook(String id, PspFact... facts) {
        return new WebhookEvent(id, "test", ORDER, INTENT, List.of(facts), PLACED, PLACED);
    }

    static PspResult answer(PspCommand to, PspOutcome outcome, PspFact... facts) {
        return answer(to.getOperationId(), to.getKind(), to.getAttempt(), to.getIssue(), outcome, facts);
    }

    static PspResult answer(
            String operationId, OperationKind kind, int attempt, int issue, PspOutcome outcome, PspFact... facts) {
        return PspResult.newBuilder()
                .setOperationId(operationId)
                .setOrderId(ORDER)
                .setKind(kind)
                .setAttempt(attempt)
                .setIssue(issue)
                .setOutcome(outcome)
                .setFacts(List.of(facts))
                .setAnsweredAt(PLACED)
                .build();
    }
}
