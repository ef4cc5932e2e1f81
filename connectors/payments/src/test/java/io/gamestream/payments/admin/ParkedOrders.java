package io.gamestream.payments.admin;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkCause;
import io.gamestream.schemas.payments.ParkedOrder;
import java.time.Instant;
import java.util.List;

/** Dead letters for tests. */
final class ParkedOrders {

    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private ParkedOrders() {}

    static ParkedOrder open(String orderId, int n, ParkCause cause) {
        return letter(orderId, n, cause, DeadLetterStatus.OPEN);
    }

    static ParkedOrder resolved(String orderId, int n) {
        return letter(orderId, n, ParkCause.EXHAUSTED, DeadLetterStatus.RESOLVED);
    }

    private static ParkedOrder letter(String orderId, int n, ParkCause cause, DeadLetterStatus status) {
        return ParkedOrder.newBuilder()
                .setDeadLetterId(orderId + ":parked:" + n)
                .setOrderId(orderId)
                .setStatus(status)
                .setCause(cause)
                .setMessage("no outcome")
                .setWhatToDo("look at the PSP, then replay")
                .setReplayable(status == DeadLetterStatus.OPEN && cause == ParkCause.EXHAUSTED)
                .setHistory(List.of("attempt 1: STARTED"))
                .setParkedAt(AT.plusSeconds(n))
                .setUpdatedAt(AT.plusSeconds(n))
                .build();
    }
}
