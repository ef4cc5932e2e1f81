package io.gamestream.local.load;

import io.gamestream.schemas.payments.OrderStatus;
import java.time.Instant;
import java.util.List;

/** A row of {@code payments.orders} to be. */
public record OrderRow(
        String id, String userId, OrderStatus status, List<Line> lines, String currency, Instant placedAt) {

    /** A line, with the names that the column {@code lines} has. */
    public record Line(String gameId, int quantity, long unitPriceMinor) {}

    public OrderRow {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines of order " + id + ": none (expected: at least one)");
        }
    }

    /** The sum of the lines, in minor units of the currency. */
    public long totalMinor() {
        return lines.stream()
                .mapToLong(line -> line.quantity() * line.unitPriceMinor())
                .sum();
    }
}
