package io.gamestream.local.psp.core;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Declines as Stripe words them (docs.stripe.com/declines/codes). */
final class DeclineCodes {

    /** The issuer's codes that are error codes too; the others come with {@code card_declined}. */
    private static final Set<String> CODES_OF_THEIR_OWN = Set.of(
            "expired_card",
            "incorrect_cvc",
            "incorrect_number",
            "incorrect_zip",
            "incorrect_address",
            "invalid_cvc",
            "invalid_expiry_month",
            "invalid_expiry_year",
            "invalid_number",
            "processing_error",
            "authentication_required");

    private static final Map<String, String> MESSAGES = Map.of(
            "insufficient_funds", "Your card has insufficient funds.",
            "expired_card", "Your card has expired.",
            "incorrect_cvc", "Your card's security code is incorrect.",
            "processing_error", "An error occurred while processing your card. Try again in a little bit.",
            "authentication_required", "Your card was declined. This transaction requires authentication.");

    private static final Set<String> NEVER_AGAIN = Set.of(
            "lost_card",
            "stolen_card",
            "pickup_card",
            "fraudulent",
            "merchant_blacklist",
            "do_not_try_again",
            "revocation_of_authorization",
            "revocation_of_all_authorizations",
            "stop_payment_order",
            "restricted_card",
            "security_violation");

    private static final Set<String> LATER = Set.of(
            "insufficient_funds",
            "issuer_not_available",
            "processing_error",
            "reenter_transaction",
            "try_again_later",
            "do_not_honor",
            "card_velocity_exceeded");

    private DeclineCodes() {}

    static Failure failure(String declineCode, String charge) {
        boolean own = CODES_OF_THEIR_OWN.contains(declineCode);
        return new Failure(
                own ? declineCode : "card_declined",
                declineCode,
                advice(declineCode),
                MESSAGES.getOrDefault(declineCode, "Your card was declined."),
                charge);
    }

    private static @Nullable String advice(String declineCode) {
        if (NEVER_AGAIN.contains(declineCode)) {
            return "do_not_try_again";
        }
        if (LATER.contains(declineCode)) {
            return "try_again_later";
        }
        return declineCode.startsWith("incorrect_")
                        || declineCode.startsWith("invalid_")
                        || "expired_card".equals(declineCode)
                ? "confirm_card_data"
                : null;
    }
}
