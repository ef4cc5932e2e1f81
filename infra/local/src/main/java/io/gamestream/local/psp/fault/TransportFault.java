package io.gamestream.local.psp.fault;

import java.util.Locale;

/** What happens to a request beside its outcome. */
public enum TransportFault {
    NONE,
    RATE_LIMIT,
    TIMEOUT_BEFORE,
    TIMEOUT_AFTER,
    SLOW,
    ERROR_BEFORE,
    ERROR_AFTER,
    STALL_BODY;

    /** As it is named in scripts and in the truth log. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
