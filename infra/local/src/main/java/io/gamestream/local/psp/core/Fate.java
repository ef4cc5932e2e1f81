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
        return new Fate(
                code,
                false,
                challengePasses,
                false,
                settles,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    public Fate challenged(boolean passes) {
        return new Fate(
                null,
                true,
                passes,
                false,
                settles,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    /** Behind a challenge that was passed: whatever else was drawn stays. */
    Fate pastChallenge() {
        return new Fate(
                decline,
                false,
                challengePasses,
                processing,
                settles,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    public Fate processed(boolean succeeds) {
        return new Fate(
                null,
                false,
                challengePasses,
                true,
                succeeds,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    public Fate takingTheWrongAmount() {
        return new Fate(
                decline,
                challenge,
                challengePasses,
                processing,
                settles,
                true,
                dispute,
                inquiry,
                disputeWon,
                refundPending,
                refundFails);
    }

    public Fate disputed(boolean asInquiry, boolean won) {
        return new Fate(
                decline,
                challenge,
                challengePasses,
                processing,
                settles,
                wrongAmount,
                true,
                asInquiry,
                won,
                refundPending,
                refundFails);
    }

    public Fate refunding(boolean pending, boolean fails) {
        return new Fate(
                decline,
                challenge,
                challengePasses,
                processing,
                settles,
                wrongAmount,
                dispute,
                inquiry,
                disputeWon,
                pending,
                fails);
    }
}
