package io.gamestream.topology.catalog;

import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Libraries and sales counted from the final state of every order: what the topology must come to, by whichever way. */
record BruteForce(Map<String, List<Item>> libraries, Map<String, Sales> sales) {

    record Item(String gameId, String orderId, Instant acquiredAt) {}

    record Sales(long units, long orders, Map<String, Long> revenueMinor) {

        static final Sales NONE = new Sales(0, 0, Map.of());
    }

    static BruteForce of(Collection<Order> finalOrders) {
        List<Order> paid = finalOrders.stream()
                .filter(order -> order.getStatus() == OrderStatus.PAID)
                .sorted(Comparator.comparing(Order::getPlacedAt).thenComparing(Order::getId))
                .toList();
        return new BruteForce(libraries(paid), sales(paid));
    }

    private static Map<String, List<Item>> libraries(List<Order> paid) {
        Map<String, Map<String, Item>> byUser = new TreeMap<>();
        for (Order order : paid) {
            for (OrderLine line : order.getLines()) {
                byUser.computeIfAbsent(order.getUserId(), user -> new TreeMap<>())
                        .putIfAbsent(line.getGameId(), new Item(line.getGameId(), order.getId(), order.getPlacedAt()));
            }
        }
        Map<String, List<Item>> libraries = new TreeMap<>();
        byUser.forEach((user, items) -> libraries.put(
                user,
                items.values().stream()
                        .sorted(Comparator.comparing(Item::acquiredAt)
                                .thenComparing(Item::orderId)
                                .reversed()
                                .thenComparing(Item::gameId))
                        .toList()));
        return libraries;
    }

    private static Map<String, Sales> sales(List<Order> paid) {
        Map<String, Sales> byGame = new TreeMap<>();
        for (Order order : paid) {
            Set<String> counted = new HashSet<>();
            for (OrderLine line : order.getLines()) {
                Sales before = byGame.getOrDefault(line.getGameId(), Sales.NONE);
                Map<String, Long> revenue = new TreeMap<>(before.revenueMinor());
                revenue.merge(order.getCurrency(), line.getQuantity() * line.getUnitPriceMinor(), Long::sum);
                revenue.values().removeIf(minor -> minor == 0);
                byGame.put(
                        line.getGameId(),
                        new Sales(
                                before.units() + line.getQuantity(),
                                before.orders() + (counted.add(line.getGameId()) ? 1 : 0),
                                revenue));
            }
        }
        return byGame;
    }
}
