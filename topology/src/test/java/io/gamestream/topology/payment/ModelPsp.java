package io.gamestream.topology.payment;

import io.gamestream.schemas.payments.CaptureMode;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspFact;
import io.gamestream.schemas.payments.PspOutcome;
import io.gamestream.schemas.payments.PspResult;
import io.gamestream.schemas.payments.PspStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The PSP's side of one order, as its documentation has it and knowing nothing of our machine: one payment intent, refunds,
 * one dispute, keys that replay their first answer for 24 hours. What it says is true is what the saga must come to.
 */
final class ModelPsp {

    /** The first answer to a key. */
    private record Remembered(String fingerprint, PspResult answer, long at) {}

    private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);
    private static final List<String> DECLINES = List.of(
            "processing_error",
            "issuer_not_available",
            "insufficient_funds",
            "stolen_card",
            "expired_card",
            "generic_decline");

    final Map<String, Long> refunds = new TreeMap<>();
    final Map<String, PspStatus> refundStatus = new HashMap<>();
    final Map<String, String> refundOperation = new HashMap<>();
    final List<String> charges = new ArrayList<>();
    private final List<PspFact> untold = new ArrayList<>();
    private final Map<String, Remembered> keys = new HashMap<>();
    private final Random random;

    @Nullable
    PspStatus intent;

    long captured;

    @Nullable
    PspStatus dispute;

    long withdrawn;
    long reinstated;

    @Nullable
    String declineCode;

    @Nullable
    String problem;

    private boolean manual;
    private @Nullable String doing;

    ModelPsp(Random random) {
        this.random = random;
    }

    /** Executes a call, or answers as it did the first time. */
    PspResult call(PspCommand command, long now) {
        if (command.getKind() == OperationKind.SYNC) {
            return intent == null
                    ? Payments.answer(command, PspOutcome.NOT_FOUND)
                    : Payments.answer(command, PspOutcome.DONE, all().toArray(PspFact[]::new));
        }
        String fingerprint = command.getKind() + "|" + command.getIntentId() + "|" + command.getAmountMinor() + "|"
                + command.getCurrency() + "|" + command.getPaymentMethod() + "|" + command.getReason();
        Remembered first = keys.get(command.getOperationId());
        if (first != null && now - first.at() > KEYS_ARE_KEPT.toMillis()) {
            problem = "key " + command.getOperationId() + " was used after it was forgotten";
        }
        if (first != null && !first.fingerprint().equals(fingerprint)) {
            problem = "key " + command.getOperationId() + " had two bodies: " + first.fingerprint() + " and "
                    + fingerprint;
        }
        if (first != null) {
            PspResult again = PspResult.newBuilder(first.answer()).build();
            again.setIssue(command.getIssue());
            return again;
        }
        doing = command.getOperationId();
        PspResult answer = execute(command);
        doing = null;
        if (random.nextInt(12) == 0) {
            // Done, and then it failed to say so; for ever, under this key.
            answer = Payments.answer(command, PspOutcome.UNKNOWN);
        }
        keys.put(command.getOperationId(), new Remembered(fingerprint, answer, now));
        return answer;
    }

    /** What it would tell by webhook of what has changed. */
    List<PspFact> tell() {
        List<PspFact> told = List.copyOf(untold);
        untold.clear();
        return told;
    }

    /** Something happens there by itself. */
    void happen() {
        if (intent == PspStatus.REQUIRES_ACTION || intent == PspStatus.PROCESSING) {
            outcome(random.nextBoolean() ? PspStatus.SUCCEEDED : PspStatus.REQUIRES_PAYMENT_METHOD);
        } else if (captured > 0) {
            switch (random.nextInt(6)) {
                case 0 -> settleRefunds();
                case 1 -> foreignRefund();
                case 2, 3 -> dispute();
                default -> {
                    // Quiet.
                }
            }
        }
    }

    /** Nothing stays open. */
    void comeToRest() {
        if (intent == PspStatus.PROCESSING) {
            outcome(PspStatus.SUCCEEDED);
        }
        settleRefunds();
        while (dispute == PspStatus.NEEDS_RESPONSE) {
            dispute();
        }
    }

    long refunded() {
        return refunds.entrySet().stream()
                .filter(refund -> refundStatus.get(refund.getKey()) == PspStatus.SUCCEEDED
                        || refundStatus.get(refund.getKey()) == PspStatus.PENDING)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private PspResult execute(PspCommand command) {
        return switch (command.getKind()) {
            case CREATE -> intent == null ? attempt(command) : unexpected(command);
            case CONFIRM -> intent == PspStatus.REQUIRES_PAYMENT_METHOD ? attempt(command) : unexpected(command);
            case CAPTURE -> {
                if (intent != PspStatus.REQUIRES_CAPTURE) {
                    yield unexpected(command);
                }
                capture(command.getAmountMinor());
                yield done(command);
            }
            case CANCEL -> {
                if (intent == PspStatus.SUCCEEDED || intent == PspStatus.CANCELED || intent == PspStatus.PROCESSING) {
                    yield unexpected(command);
                }
                intent = PspStatus.CANCELED;
                untold.add(intentFact());
                yield done(command);
            }
            case REFUND -> refund(command);
            case SYNC, UNKNOWN -> throw new IllegalArgumentException(command.getKind() + " isn't executed");
        };
    }

    private PspResult attempt(PspCommand command) {
        manual = command.getCaptureMode() == CaptureMode.MANUAL;
        outcome(
                switch (random.nextInt(6)) {
                    case 0 -> PspStatus.REQUIRES_ACTION;
                    case 1 -> PspStatus.PROCESSING;
                    case 2, 3 -> PspStatus.REQUIRES_PAYMENT_METHOD;
                    default -> PspStatus.SUCCEEDED;
                });
        return intent == PspStatus.REQUIRES_PAYMENT_METHOD
                ? Payments.answer(command, PspOutcome.DECLINED, intentFact())
                : done(command);
    }

    private void outcome(PspStatus status) {
        intent = status;
        declineCode =
                status == PspStatus.REQUIRES_PAYMENT_METHOD ? DECLINES.get(random.nextInt(DECLINES.size())) : null;
        if (status == PspStatus.SUCCEEDED && manual) {
            intent = PspStatus.REQUIRES_CAPTURE;
        } else if (status == PspStatus.SUCCEEDED) {
            capture(Payments.TOTAL);
            return;
        }
        untold.add(intentFact());
    }

    private void capture(long amount) {
        captured = amount;
        intent = PspStatus.SUCCEEDED;
        charges.add("ch_" + (charges.size() + 1));
        untold.add(intentFact());
        if (amount == Payments.TOTAL) {
            untold.add(scoped(Payments.charge(PspStatus.SUCCEEDED)));
        }
    }

    private PspResult refund(PspCommand command) {
        if (captured - refunded() < command.getAmountMinor()
                || dispute == PspStatus.NEEDS_RESPONSE
                || dispute == PspStatus.LOST) {
            return Payments.answer(command, PspOutcome.REFUSED);
        }
        String id = "re_" + (refunds.size() + 1);
        refunds.put(id, command.getAmountMinor());
        refundStatus.put(id, random.nextBoolean() ? PspStatus.PENDING : PspStatus.SUCCEEDED);
        refundOperation.put(id, command.getOperationId());
        untold.add(refundFact(id));
        return Payments.answer(command, PspOutcome.DONE, refundFact(id));
    }

    private void foreignRefund() {
        long left = captured - refunded();
        if (left > 0 && dispute == null) {
            String id = "re_" + (refunds.size() + 1);
            refunds.put(id, 1 + (long) (random.nextDouble() * left));
            refundStatus.put(id, PspStatus.SUCCEEDED);
            untold.add(refundFact(id));
        }
    }

    private void settleRefunds() {
        refundStatus.replaceAll((id, status) -> {
            if (status != PspStatus.PENDING) {
                return status;
            }
            return random.nextInt(4) == 0 ? PspStatus.FAILED : PspStatus.SUCCEEDED;
        });
        refunds.keySet().forEach(id -> untold.add(refundFact(id)));
    }

    private void dispute() {
        if (dispute == null && refunded() == 0) {
            dispute = PspStatus.NEEDS_RESPONSE;
            withdrawn = Payments.TOTAL;
        } else if (dispute == PspStatus.NEEDS_RESPONSE) {
            boolean won = random.nextBoolean();
            dispute = won ? PspStatus.WON : PspStatus.LOST;
            reinstated = won ? withdrawn : 0;
        } else {
            return;
        }
        untold.add(Payments.disputed(dispute, withdrawn, reinstated));
    }

    private List<PspFact> all() {
        List<PspFact> facts = new ArrayList<>();
        facts.add(intentFact());
        refunds.keySet().forEach(id -> facts.add(refundFact(id)));
        if (dispute != null) {
            facts.add(Payments.disputed(dispute, withdrawn, reinstated));
        }
        return facts;
    }

    private PspFact intentFact() {
        PspFact fact = Payments.intent(Objects.requireNonNull(intent), Payments.TOTAL, captured);
        fact.setDeclineCode(declineCode);
        fact.setAdviceCode(declineCode == null ? null : Payments.advice(declineCode));
        return scoped(fact);
    }

    private PspFact scoped(PspFact fact) {
        fact.setOperationId(doing);
        return fact;
    }

    private PspFact refundFact(String id) {
        return Payments.refunded(
                id,
                Objects.requireNonNull(refundStatus.get(id)),
                Objects.requireNonNull(refunds.get(id)),
                refundOperation.get(id));
    }

    private PspResult done(PspCommand command) {
        return Payments.answer(command, PspOutcome.DONE, intentFact());
    }

    private static PspResult unexpected(PspCommand command) {
        return Payments.answer(command, PspOutcome.UNEXPECTED_STATE);
    }
}
