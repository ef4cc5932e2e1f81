package io.gamestream.payments.admin;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkedOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest dead letter of each order, as read so far. Thread-safe. */
final class Letters {

    private static final String PARKED = ":parked:";

    private final Map<String, ParkedOrder> byOrder = new ConcurrentHashMap<>();
    private volatile boolean complete;

    void put(ParkedOrder letter) {
        byOrder.put(letter.getOrderId(), letter);
    }

    /** From now on everything that was written before the start is here. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    long open() {
        return byOrder.values().stream()
                .filter(letter -> letter.getStatus() == DeadLetterStatus.OPEN)
                .count();
    }

    /** Oldest first, those behind {@code after} only. */
    List<ParkedOrder> list(Optional<DeadLetterStatus> status, Optional<String> after, int limit) {
        return byOrder.values().stream()
                .filter(letter -> status.isEmpty() || letter.getStatus() == status.get())
                .filter(letter -> after.isEmpty() || cursor(letter).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Letters::cursor))
                .limit(limit)
                .toList();
    }

    /** Place in the list. */
    static String cursor(ParkedOrder letter) {
        return String.format("%020d", letter.getParkedAt().toEpochMilli()) + letter.getDeadLetterId();
    }

    /** The newest letter of the order that a letter is about, which may be a later one than that. */
    Optional<ParkedOrder> ofOrder(String deadLetterId) {
        int end = deadLetterId.lastIndexOf(PARKED);
        return end < 0 ? Optional.empty() : Optional.ofNullable(byOrder.get(deadLetterId.substring(0, end)));
    }
}
