package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.GameShare;
import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an order adds to libraries and sales, and what its change from one state to another takes out and adds. Pure. The
 * newest record of an order is its state, whatever came before: a replay of old records followed by the newest ends where
 * it should.
 */
final class OrderRules {

    /** Per game and order; far from any price, and nine million such orders still fit into a sum. */
    private static final long MAX_REVENUE_MINOR = 1_000_000_000_000L;

    private OrderRules() {}

    /**
     * What the order adds; empty unless it is paid.
     *
     * @throws BadFactException where it can't be decided
     */
    static Optional<OrderContribution> contribution(Order order) {
        return switch (order.getStatus()) {
            case PAID -> order.getLines().isEmpty() ? Optional.empty() : Optional.of(paid(order));
            case PENDING, CANCELLED, REFUNDED -> Optional.empty();
            case UNKNOWN ->
                throw new BadFactException("order " + order.getId()
                        + ": its status is one that this version doesn't know; replay it with one that does");
        };
    }

    /**
     * What an order gives by its entitlements: the lines that are active, at what was paid for them less refunds. Without games
     * where nothing is.
     *
     * @throws BadFactException where it can't be decided
     */
    static OrderContribution contribution(OrderEntitlements entitlements) {
        Map<String, GameShare> shares = new TreeMap<>();
        for (Grant grant : entitlements.getGrants()) {
            switch (grant.getState()) {
                case ACTIVE -> {
                    GameShare share = shares.computeIfAbsent(grant.getGameId(), game -> new GameShare(game, 0L, 0L));
                    share.setUnits(share.getUnits() + grant.getQuantity());
                    share.setRevenueMinor(share.getRevenueMinor() + grant.getNetMinor());
                }
                case NONE, SUSPENDED, REVOKED -> {
                    // gives nothing now
                }
                case UNKNOWN ->
                    throw new BadFactException(
                            "order " + entitlements.getOrderId() + ": the state of " + grant.getGameId()
                                    + " is one that this version doesn't know; replay it with one that does");
            }
        }
        return new OrderContribution(
                entitlements.getUserId(),
                entitlements.getAcquiredAt(),
                entitlements.getCurrency(),
                new ArrayList<>(shares.values()));
    }

    /** The change for libraries, at most one per user: the order's former owner loses it, its owner has it as it is now. */
    static Map<String, LibraryGrant> grants(
            String orderId, @Nullable OrderContribution before, @Nullable OrderContribution after, long lsn) {
        Map<String, LibraryGrant> byUser = new LinkedHashMap<>();
        if (Objects.equals(grant(orderId, before, lsn), grant(orderId, after, lsn)) && sameUser(before, after)) {
            return byUser;
        }
        if (before != null) {
            byUser.put(before.getUserId(), new LibraryGrant(orderId, before.getAcquiredAt(), List.of(), lsn));
        }
        if (after != null) {
            byUser.put(after.getUserId(), Objects.requireNonNull(grant(orderId, after, lsn)));
        }
        return byUser;
    }

    /** The change for sales, by game; games for which nothing changes are left out. */
    static Map<String, SalesDelta> deltas(
            @Nullable OrderContribution before, @Nullable OrderContribution after, long lsn) {
        Map<String, SalesDelta> byGame = new TreeMap<>();
        add(byGame, before, -1, lsn);
        add(byGame, after, 1, lsn);
        byGame.values().forEach(delta -> delta.getRevenueMinor().values().removeIf(minor -> minor == 0));
        byGame.values()
                .removeIf(delta -> delta.getUnits() == 0
                        && delta.getOrders() == 0
                        && delta.getRevenueMinor().isEmpty());
        return byGame;
    }

    private static OrderContribution paid(Order order) {
        Map<String, GameShare> shares = new TreeMap<>();
        for (OrderLine line : order.getLines()) {
            if (line.getQuantity() < 1 || line.getUnitPriceMinor() < 0) {
                throw new BadFactException("order " + order.getId() + ": line of game " + line.getGameId()
                        + " has quantity " + line.getQuantity() + " and price " + line.getUnitPriceMinor()
                        + " (expected: >= 1 and >= 0)");
            }
            GameShare share = shares.computeIfAbsent(line.getGameId(), game -> new GameShare(game, 0L, 0L));
            share.setUnits(share.getUnits() + line.getQuantity());
            share.setRevenueMinor(revenue(order, share, line));
        }
        return new OrderContribution(
                order.getUserId(), order.getPlacedAt(), order.getCurrency(), new ArrayList<>(shares.values()));
    }

    /** Exact or not at all. */
    private static long revenue(Order order, GameShare share, OrderLine line) {
        try {
            long sum = Math.addExact(
                    share.getRevenueMinor(), Math.multiplyExact(line.getUnitPriceMinor(), (long) line.getQuantity()));
            if (sum <= MAX_REVENUE_MINOR) {
                return sum;
            }
        } catch (ArithmeticException e) {
            // Said below.
        }
        throw new BadFactException("order " + order.getId() + ": game " + line.getGameId() + " costs more than "
                + MAX_REVENUE_MINOR + " minor units; that is no price");
    }

    private static boolean sameUser(@Nullable OrderContribution before, @Nullable OrderContribution after) {
        return Objects.equals(before == null ? null : before.getUserId(), after == null ? null : after.getUserId());
    }

    private static @Nullable LibraryGrant grant(String orderId, @Nullable OrderContribution of, long lsn) {
        return of == null
                ? null
                : new LibraryGrant(
                        orderId,
                        of.getAcquiredAt(),
                        of.getGames().stream().map(GameShare::getGameId).toList(),
                        lsn);
    }

    private static void add(Map<String, SalesDelta> byGame, @Nullable OrderContribution of, int sign, long lsn) {
        if (of == null) {
            return;
        }
        for (GameShare share : of.getGames()) {
            SalesDelta delta =
                    byGame.computeIfAbsent(share.getGameId(), game -> new SalesDelta(0L, 0L, new HashMap<>(), lsn));
            delta.setUnits(delta.getUnits() + sign * share.getUnits());
            delta.setOrders(delta.getOrders() + sign);
            delta.getRevenueMinor().merge(of.getCurrency(), sign * share.getRevenueMinor(), Long::sum);
        }
    }
}
