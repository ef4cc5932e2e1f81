package io.gamestream.payments.admin;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkedOrder;
import java.util.Optional;

/** What a request to replay comes to. Pure; the saga has the last word, by the same letter. */
final class ReplayRules {

    /** What follows. */
    enum Verdict {
        UNKNOWN,
        RESOLVED,
        NOT_REPLAYABLE,
        REPLAY
    }

    private static final String PARKED = ":parked:";

    private ReplayRules() {}

    /** @param newest letter of the order */
    static Verdict verdict(String deadLetterId, Optional<ParkedOrder> newest) {
        if (newest.isEmpty() || number(deadLetterId) > number(newest.get().getDeadLetterId())) {
            return Verdict.UNKNOWN;
        }
        ParkedOrder letter = newest.get();
        if (!letter.getDeadLetterId().equals(deadLetterId) || letter.getStatus() != DeadLetterStatus.OPEN) {
            return Verdict.RESOLVED;
        }
        return letter.getReplayable() ? Verdict.REPLAY : Verdict.NOT_REPLAYABLE;
    }

    /** The n of {@code order:parked:n}; more than any where there is none. */
    private static long number(String deadLetterId) {
        String n = deadLetterId.substring(deadLetterId.lastIndexOf(PARKED) + PARKED.length());
        return n.matches("[1-9][0-9]{0,17}") ? Long.parseLong(n) : Long.MAX_VALUE;
    }
}
