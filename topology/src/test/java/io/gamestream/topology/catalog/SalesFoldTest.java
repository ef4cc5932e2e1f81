package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.views.SalesView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of libraries and sales against a recount of all orders, whatever happens to them and in whatever order. */
class SalesFoldTest {

    /** A change of one order; null deletes it. */
    record Change(String orderId, @Nullable Order state) {}

    /** The rules without Kafka: one queue per pair of writer and reader, drained in an order that a seed decides. */
    private static final class Machine {

        private final Random random;
        private final Map<String, OrderContribution> contributions = new HashMap<>();
        private final Map<String, UserLibrary> libraries = new TreeMap<>();
        private final Map<String, SalesView> sales = new TreeMap<>();
        private final Map<String, Deque<Runnable>> underWay = new TreeMap<>();
        private long lsn;

        private Machine(long seed) {
            this.random = new Random(seed);
        }

        void apply(Change change) {
            long now = ++lsn;
            OrderContribution before = contributions.get(change.orderId());
            OrderContribution after = change.state() == null
                    ? null
                    : OrderRules.contribution(change.state()).orElse(null);
            if (after == null) {
                contributions.remove(change.orderId());
            } else {
                contributions.put(change.orderId(), after);
            }
            // Kafka keeps the order of what one order sends to one user; nothing else.
            OrderRules.grants(change.orderId(), before, after, now)
                    .forEach((user, grant) -> later(change.orderId() + ">" + user, () -> grant(user, grant)));
            OrderRules.deltas(before, after, now)
                    .forEach((game, delta) -> later(change.orderId() + "/" + game, () -> sell(game, delta)));
            for (int i = random.nextInt(4); i > 0; i--) {
                deliverOne();
            }
        }

        void drain() {
            while (deliverOne()) {
                // until nothing is under way
            }
        }

        private void later(String channel, Runnable delivery) {
            underWay.computeIfAbsent(channel, key -> new ArrayDeque<>()).add(delivery);
        }

        private boolean deliverOne() {
            underWay.values().removeIf(Deque::isEmpty);
            if (underWay.isEmpty()) {
                return false;
            }
            List<Deque<Runnable>> channels = new ArrayList<>(underWay.values());
            channels.get(random.nextInt(channels.size())).remove().run();
            return true;
        }

        private void grant(String user, LibraryGrant grant) {
            libraries.put(user, LibraryRules.fold(libraries.getOrDefault(user, LibraryRules.empty()), grant));
        }

        private void sell(String game, SalesDelta delta) {
            sales.put(game, SalesRules.fold(game, delta, sales.getOrDefault(game, SalesRules.none())));
        }

        BruteForce result() {
            Map<String, List<BruteForce.Item>> items = new TreeMap<>();
            libraries.forEach((user, library) -> items.put(
                    user,
                    LibraryRules.view(user, library).getItems().stream()
                            .map(item -> new BruteForce.Item(item.getGameId(), item.getOrderId(), item.getAcquiredAt()))
                            .toList()));
            items.values().removeIf(List::isEmpty);
            Map<String, BruteForce.Sales> sums = new TreeMap<>();
            sales.forEach((game, view) ->
                    sums.put(game, new BruteForce.Sales(view.getUnits(), view.getOrders(), view.getRevenueMinor())));
            sums.values().removeIf(BruteForce.Sales.NONE::equals);
            return new BruteForce(items, sums);
        }
    }

    @Property(tries = 2_000)
    void whateverHappensToOrdersTheSumsAreTheRecount(
            @ForAll("histories") List<Change> history, @ForAll long deliverySeed) {
        Machine machine = new Machine(deliverySeed);
        Map<String, Order> last = new HashMap<>();
        for (Change change : history) {
            machine.apply(change);
            if (change.state() == null) {
                last.remove(change.orderId());
            } else {
                last.put(change.orderId(), change.state());
            }
        }
        machine.drain();
        assertThat(machine.result()).isEqualTo(BruteForce.of(last.values()));
    }

    @Property(tries = 300)
    void aReplayOfEverythingChangesNothing(@ForAll("histories") List<Change> history, @ForAll long deliverySeed) {
        Machine machine = new Machine(deliverySeed);
        history.forEach(machine::apply);
        machine.drain();
        BruteForce once = machine.result();
        history.forEach(machine::apply);
        machine.drain();
        assertThat(machine.result()).isEqualTo(once);
    }

    @Test
    void theNextOrderTakesThePlaceOfOneThatIsRefunded() {
        Machine machine = new Machine(1);
        machine.apply(new Change("o1", Orders.paid("o1", "u", 10, Orders.line("g", 1, 500))));
        machine.apply(new Change("o2", Orders.paid("o2", "u", 20, Orders.line("g", 2, 400))));
        machine.drain();
        assertThat(machine.result().libraries().get("u"))
                .extracting(BruteForce.Item::orderId)
                .containsExactly("o1");
        machine.apply(new Change(
                "o1", Orders.order("o1", "u", OrderStatus.REFUNDED, 10, "EUR", List.of(Orders.line("g", 1, 500)))));
        machine.drain();
        assertThat(machine.result().libraries().get("u"))
                .extracting(BruteForce.Item::orderId)
                .containsExactly("o2");
        assertThat(machine.result().sales().get("g")).isEqualTo(new BruteForce.Sales(2, 1, Map.of("EUR", 800L)));
    }

    @Test
    void theVersionIsTheHighestLsnEvenWhenAnOlderOneComesLater() {
        UserLibrary library = LibraryRules.fold(LibraryRules.empty(), grant("o1", 9));
        assertThat(LibraryRules.fold(library, grant("o2", 4)).getVersion()).isEqualTo(9);
        SalesView sales = SalesRules.fold("g", new SalesDelta(1L, 1L, Map.of("EUR", 5L), 9L), SalesRules.none());
        assertThat(SalesRules.fold("g", new SalesDelta(1L, 1L, Map.of("EUR", 5L), 4L), sales)
                        .getVersion())
                .isEqualTo(9);
    }

    @Test
    void whatCantBeDecidedIsRefused() {
        assertRefused(
                Orders.order("o", "u", OrderStatus.UNKNOWN, 1, "EUR", List.of(Orders.line("g", 1, 5))), "its status");
        assertRefused(Orders.paid("o", "u", 1, Orders.line("g", 0, 5)), "quantity 0");
        assertRefused(Orders.paid("o", "u", 1, Orders.line("g", 1, -5)), "price -5");
        assertRefused(Orders.paid("o", "u", 1, Orders.line("g", 2, Long.MAX_VALUE)), "no price");
    }

    private static LibraryGrant grant(String orderId, long lsn) {
        return new LibraryGrant(orderId, Instant.EPOCH, List.of("g"), lsn);
    }

    private static void assertRefused(Order order, String because) {
        assertThatThrownBy(() -> OrderRules.contribution(order))
                .isInstanceOf(BadFactException.class)
                .hasMessageContaining("order o")
                .hasMessageContaining(because);
    }

    /** Few orders, users, games and instants, so that everything meets everything. */
    @Provide
    Arbitrary<List<Change>> histories() {
        return changes().list().ofMinSize(1).ofMaxSize(40);
    }

    private static Arbitrary<Change> changes() {
        Arbitrary<OrderLine> lines = Combinators.combine(
                        Arbitraries.of("g1", "g2", "g3"),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs().between(0, 3))
                .as(Orders::line);
        Arbitrary<String> orders = Arbitraries.of("o1", "o2", "o3", "o4");
        Arbitrary<Change> states = Combinators.combine(
                        orders,
                        Arbitraries.of("u1", "u2"),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(OrderStatus.PAID)),
                                Tuple.of(
                                        3,
                                        Arbitraries.of(
                                                OrderStatus.PENDING, OrderStatus.CANCELLED, OrderStatus.REFUNDED))),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("EUR", "USD"),
                        lines.list().ofMaxSize(4))
                .as((id, user, status, placedAt, currency, all) ->
                        new Change(id, Orders.order(id, user, status, placedAt, currency, all)));
        Arbitrary<Change> deletes = orders.map(id -> new Change(id, null));
        return Arbitraries.frequencyOf(Tuple.of(6, states), Tuple.of(1, deletes));
    }
}
