package io.gamestream.local.psp.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payment methods that decide by themselves how a charge ends, by Stripe's names (docs.stripe.com/testing). Beyond those,
 * {@code pm_card_chargeDeclined_CODE} declines with any code.
 */
final class TestCards {

    private static final String DECLINED = "pm_card_chargeDeclined_";

    private static final Map<String, String> DECLINES = Map.of(
            "pm_card_chargeDeclined", "generic_decline",
            "pm_card_visa_chargeDeclined", "generic_decline",
            "pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds",
            "pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds",
            "pm_card_chargeDeclinedExpiredCard", "expired_card",
            "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc",
            "pm_card_chargeDeclinedProcessingError", "processing_error",
            "pm_card_visa_chargeDeclinedLostCard", "lost_card",
            "pm_card_visa_chargeDeclinedStolenCard", "stolen_card",
            "pm_card_chargeDeclinedFraudulent", "fraudulent");

    private TestCards() {}

    static Fate fate(@Nullable String paymentMethod, Fate drawn) {
        if (paymentMethod == null) {
            return drawn;
        }
        if (paymentMethod.startsWith(DECLINED)) {
            return drawn.declined(paymentMethod.substring(DECLINED.length()));
        }
        String decline = DECLINES.get(paymentMethod);
        if (decline != null) {
            return drawn.declined(decline);
        }
        return switch (paymentMethod) {
            case "pm_card_threeDSecure2Required", "pm_card_threeDSecureRequired", "pm_card_authenticationRequired" ->
                drawn.challenged(drawn.challengePasses());
            case "pm_card_createDispute" -> drawn.disputed(false, drawn.disputeWon());
            case "pm_card_createDisputeInquiry" -> drawn.disputed(true, drawn.disputeWon());
            case "pm_card_pendingRefund" -> drawn.refunding(true, false);
            case "pm_card_refundFail" -> drawn.refunding(true, true);
            default -> drawn;
        };
    }
}
