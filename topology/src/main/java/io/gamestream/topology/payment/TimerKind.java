package io.gamestream.topology.payment;

import java.util.Arrays;

/** What an order can wait for; one of each at most. */
public enum TimerKind {
    /** The open operation has had no result in time. */
    OVERDUE(0),
    /** The open operation, not executed, is to be issued again, or read where its key is too old. */
    REISSUE(1),
    /** The next attempt after a decline. */
    RETRY(2),
    /** The PSP is to be read. */
    READ(3),
    /** The order has not been paid in time. */
    EXPIRY(4),
    /** Facts have waited long enough for their order to be placed. */
    ORPHAN(5);

    private final byte code;

    TimerKind(int code) {
        this.code = (byte) code;
    }

    /** As it is stored; never changed. */
    byte code() {
        return code;
    }

    static TimerKind of(byte code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("timer kind: " + code + " (expected: 0 to 5)"));
    }
}
