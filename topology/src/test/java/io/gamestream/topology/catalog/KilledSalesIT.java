package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamestream.local.testing.Stack;
import io.gamestream.local.testing.StackExtension;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderLine;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.SalesView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed, with no warning, while orders come, change, change hands and go; the sums must be the recount. */
@ExtendWith(StackExtension.class)
class KilledSalesIT {

    private static final int KILLS = 4;
    private static final int FACTS_BETWEEN_KILLS = 1_500;
    private static final int ORDERS = 400;
    /** Starts of JVMs included, on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final OrderStatus[] STATUSES = {
        OrderStatus.PAID, OrderStatus.PAID, OrderStatus.PENDING, OrderStatus.REFUNDED, OrderStatus.CANCELLED
    };

    @TempDir
    private Path stateDir;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Order> last = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    @Test
    void sumsAreExactAfterKills(Stack stack) throws Exception {
        Process process = CatalogProcess.start(stack, stateDir);
        try (Facts facts = new Facts(stack);
                ViewReader<LibraryView> libraries =
                        new ViewReader<>(stack, TopicCatalogue.LIBRARY_VIEW, LibraryView.class);
                ViewReader<SalesView> sales = new ViewReader<>(stack, TopicCatalogue.SALES_VIEW, SalesView.class)) {
            for (int kill = 0; kill < KILLS; kill++) {
                write(facts, FACTS_BETWEEN_KILLS / 2);
                awaitWorkAfter(sales, process);
                write(facts, FACTS_BETWEEN_KILLS / 2);
                process.destroyForcibly().waitFor();
                process = CatalogProcess.start(stack, stateDir);
            }
            facts.flush();
            BruteForce expected = BruteForce.of(last.values());
            await("seed " + seed).atMost(PATIENCE).untilAsserted(() -> assertThat(seen(libraries, sales))
                    .isEqualTo(expected));
            assertThat(sales.latest().keySet()).as("all games").hasSizeGreaterThan(20);
            assertTheVersionIsTheHighestLsn(sales);
        } finally {
            process.toHandle().destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
        assertThat(process.exitValue()).as("a clean stop").isZero();
    }

    /** So that each kill hits a process that is in the middle of it. */
    private static void awaitWorkAfter(ViewReader<SalesView> sales, Process process) {
        int before = sales.records().size();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).isTrue();
            assertThat(sales.records()).hasSizeGreaterThan(before);
        });
    }

    private void write(Facts facts, int count) {
        for (int i = 0; i < count; i++) {
            String id = "kill-o" + random.nextInt(ORDERS);
            Order before = last.get(id);
            Order after = random.nextInt(12) == 0 ? null : order(id);
            if (after == null) {
                last.remove(id);
            } else {
                last.put(id, after);
            }
            long lsn = facts.write(TopicCatalogue.ORDERS, id, after);
            OrderRules.deltas(contribution(before), contribution(after), lsn)
                    .keySet()
                    .forEach(game -> versions.merge(game, lsn, Math::max));
        }
    }

    private static @Nullable OrderContribution contribution(@Nullable Order order) {
        return order == null ? null : OrderRules.contribution(order).orElse(null);
    }

    private Order order(String id) {
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            lines.add(Orders.line("kill-g" + random.nextInt(30), 1 + random.nextInt(3), random.nextInt(5_000)));
        }
        return Orders.order(
                id,
                "kill-u" + random.nextInt(50),
                STATUSES[random.nextInt(STATUSES.length)],
                random.nextInt(100),
                random.nextBoolean() ? "EUR" : "USD",
                lines);
    }

    /** Other tests share the topics, so only what is this one's. */
    private static BruteForce seen(ViewReader<LibraryView> libraries, ViewReader<SalesView> sales) {
        Map<String, List<BruteForce.Item>> items = new TreeMap<>();
        libraries.latest().forEach((user, view) -> {
            if (user.startsWith("kill-") && !view.getItems().isEmpty()) {
                items.put(
                        user,
                        view.getItems().stream()
                                .map(item ->
                                        new BruteForce.Item(item.getGameId(), item.getOrderId(), item.getAcquiredAt()))
                                .toList());
            }
        });
        Map<String, BruteForce.Sales> sums = new TreeMap<>();
        sales.latest().forEach((game, view) -> {
            if (game.startsWith("kill-")) {
                sums.put(game, new BruteForce.Sales(view.getUnits(), view.getOrders(), view.getRevenueMinor()));
            }
        });
        sums.values().removeIf(BruteForce.Sales.NONE::equals);
        return new BruteForce(items, sums);
    }

    /** Of all orders that changed the sum. A lower one would be a sum that has forgotten what it had committed. */
    private void assertTheVersionIsTheHighestLsn(ViewReader<SalesView> sales) {
        sales.latest().forEach((game, view) -> {
            if (game.startsWith("kill-")) {
                assertThat(view.getVersion()).as(game).isEqualTo(versions.get(game));
            }
        });
    }
}
