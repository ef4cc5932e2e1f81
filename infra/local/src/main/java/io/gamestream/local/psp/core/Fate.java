package io.gamestream.local.psp.core;

import org.jspecify.annotations.Nullable;

/**
 * What chance has decided about one request, before the rules see it.
 *
 * @param decline the issuer's code; null lets the charge through
 * @param challenge the customer has to authenticate (3-D Secure)
 * @param challengePasses how that will end
 * @param processing the money settles later
 * @param settles how that will end
 * @param wrongAmount less is taken than was asked for
 * @param dispute the customer will dispute the charge
 * @param inquiry ... and only as an inquiry
 * @param disputeWon how that will end
 * @param refundPending a refund is not done at once
 * @param refundFails it fails in the end
 */
public record Fate(
        @Nullable String decline,
        boolean challenge,
        boolean challengePasses,
        boolean processing,
        boolean settles,
        boolean wrongAmount,
        boolean dispute,
        boolean inquiry,
        boolean disputeWon,
        boolean refundPending,
        boolean refundFails) {

    /** Everything goes well. */
    public static final Fate KIND = new Fate(null, false, true, false, true, false, false, false, true, false, false);

    public Fate declined(String code) {
        return payment(code, false, challengePasses, false, settles);
    }

    public Fate challenged(boolean passes) {
        return payment(null, true, passes, false, settles);
    }

    /** Behind a challenge that was passed: whatever else was drawn stays. */
    Fate pastChallenge() {
        return payment(decline, false, challengePasses, processing, settles);
    }

    public Fate processed(boolean succeeds) {
        return payment(null, false, challengePasses, true, succeeds);
    }

    public Fate takingTheWrongAmount() {
        return afterwards(true, dispute, inquiry, disputeWon, refundPending, refundFails);
    }

    public Fate disputed(boolean asInquiry, boolean won) {
        return afterwards(wrongAmount, true, asInquiry, won, refundPending, refundFails);
    }

    public Fate refunding(boolean pending, boolean fails) {
        return afterwards(wrongAmount, dispute, inquiry, disputeWon, pending, fails);
    }

    private Fate payment(@Nullable String code, boolean asked, boolean passes, boolean later, boolean succeeds) {
        return new Fate(
                code,
                asked,
                passes,
                later,
                succeeds,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    private Fate afterwards(
            boolean wrong, boolean doubted, boolean asInquiry, boolean won, boolean pending, boolean fails) {
        return new Fate(
                decline,
                challenge,
                challengePasses,
                processing,
                settles,
                wrong,
                doubted,
                asInquiry,
                won,
                pending,
                fails);
    }
}
