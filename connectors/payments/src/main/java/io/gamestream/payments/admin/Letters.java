package io.gamestream.payments.admin;

import io.gamestream.schemas.payments.DeadLetterStatus;
import io.gamestream.schemas.payments.ParkedOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest dead letter of each order, as read so far: all that are open, and of those that are resolved the newest. Written by
 * one thread, read by any.
 */
final class Letters {

    private static final String PARKED = ":parked:";

    private final Map<String, ParkedOrder> byOrder = new ConcurrentHashMap<>();

    /** By the time at which they were resolved. */
    private final NavigableMap<String, ParkedOrder> resolved = new TreeMap<>();

    private final int keepResolved;
    private volatile boolean complete;

    /** @param keepResolved of more, those that were resolved first are forgotten */
    Letters(int keepResolved) {
        this.keepResolved = keepResolved;
    }

    void put(ParkedOrder letter) {
        ParkedOrder before = byOrder.put(letter.getOrderId(), letter);
        if (before != null) {
            resolved.remove(resolvedAt(before));
        }
        if (letter.getStatus() != DeadLetterStatus.OPEN) {
            resolved.put(resolvedAt(letter), letter);
        }
        while (resolved.size() > keepResolved) {
            byOrder.remove(resolved.pollFirstEntry().getValue().getOrderId());
        }
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
        return at(letter.getParkedAt(), letter);
    }

    private static String resolvedAt(ParkedOrder letter) {
        return at(letter.getUpdatedAt(), letter);
    }

    private static String at(Instant time, ParkedOrder letter) {
        return String.format("%020d", time.toEpochMilli()) + letter.getDeadLetterId();
    }

    /** The newest letter of the order that a letter is about, which may be a later one than that. */
    Optional<ParkedOrder> ofOrder(String deadLetterId) {
        int end = deadLetterId.lastIndexOf(PARKED);
        return end < 0 ? Optional.empty() : Optional.ofNullable(byOrder.get(deadLetterId.substring(0, end)));
    }
}
