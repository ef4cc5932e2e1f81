package io.gamestream.topology.catalog;

import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderStatus;
import java.time.Instant;
import java.util.List;

/** Orders for tests. */
final class Orders {

    private Orders() {}

    static Order paid(String id, String user, int placedAt, OrderLine... lines) {
        return order(id, user, OrderStatus.PAID, placedAt, "EUR", List.of(lines));
    }

    static Order order(
            String id, String user, OrderStatus status, int placedAt, String currency, List<OrderLine> lines) {
        long total = lines.stream()
                .mapToLong(line -> line.getQuantity() * line.getUnitPriceMinor())
                .sum();
        Instant placed = Instant.ofEpochSecond(placedAt);
        return new Order(id, user, status, lines, total, currency, placed, placed);
    }

    static OrderLine line(String game, int quantity, long price) {
        return new OrderLine(game, quantity, price);
    }
}
