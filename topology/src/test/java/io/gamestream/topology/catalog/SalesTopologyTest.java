package io.gamestream.topology.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.PaymentTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.payments.Grant;
import io.gamestream.schemas.payments.GrantState;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.payments.OrderEntitlements;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.SalesView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring; that the sums are right whatever happens is {@link SalesFoldTest}'s. */
class SalesTopologyTest {

    @TempDir
    Path stateDir;

    private DrivenTopology topology;
    private TestOutputTopic<String, LibraryView> libraries;
    private TestOutputTopic<String, SalesView> sales;

    @BeforeEach
    void start() {
        topology = new DrivenTopology(stateDir, SalesTopology::spec);
        libraries = topology.output(TopicCatalogue.LIBRARY_VIEW, LibraryView.class);
        sales = topology.output(TopicCatalogue.SALES_VIEW, SalesView.class);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void aPaidOrderGoesIntoTheLibraryAndTheSales() {
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 2, 300), Orders.line("g2", 1, 50)), 7);
        TestRecord<String, LibraryView> library = libraries.readRecord();
        assertThat(library.key()).isEqualTo("u1");
        assertThat(library.value().getItems())
                .extracting(LibraryItem::getGameId)
                .containsExactly("g1", "g2");
        assertThat(library.value().getVersion()).isEqualTo(7);
        assertThat(library.headers()).isEqualTo(DrivenTopology.headers(7));
        Map<String, SalesView> views = sales.readKeyValuesToMap();
        assertThat(views.get("g1")).isEqualTo(new SalesView("g1", 2L, 1L, Map.of("EUR", 600L), 7L));
        assertThat(views.get("g2")).isEqualTo(new SalesView("g2", 1L, 1L, Map.of("EUR", 50L), 7L));
    }

    @Test
    void aRefundEmptiesThem() {
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 2, 300)), 7);
        send("o1", Orders.order("o1", "u1", OrderStatus.REFUNDED, 10, "EUR", List.of(Orders.line("g1", 2, 300))), 8);
        assertThat(libraries.readKeyValuesToMap().get("u1")).isEqualTo(new LibraryView("u1", List.of(), 8L));
        assertThat(sales.readKeyValuesToMap().get("g1")).isEqualTo(new SalesView("g1", 0L, 0L, Map.of(), 8L));
    }

    @Test
    void aDeleteTakesOutAndAReplayAddsNothing() {
        Order order = Orders.paid("o1", "u1", 10, Orders.line("g1", 1, 300));
        send("o1", order, 7);
        send("o1", order, 7);
        assertThat(sales.readValuesToList()).hasSize(1);
        send("o1", null, 9);
        send("o1", null, 9);
        assertThat(sales.readValuesToList()).containsExactly(new SalesView("g1", 0L, 0L, Map.of(), 9L));
    }

    @Test
    void anOrderThatChangesHandsLeavesTheFormerOwner() {
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 1, 300)), 7);
        send("o1", Orders.paid("o1", "u2", 10, Orders.line("g1", 1, 300)), 8);
        assertThat(libraries.readKeyValuesToMap())
                .containsEntry("u1", new LibraryView("u1", List.of(), 8L))
                .hasEntrySatisfying("u2", view -> assertThat(view.getItems()).hasSize(1));
        assertThat(sales.readValuesToList()).as("no game sold more or less").hasSize(1);
    }

    @Test
    void anOrderThatIsNotPaidIsNobodysBusiness() {
        send("o1", Orders.order("o1", "u1", OrderStatus.PENDING, 10, "EUR", List.of(Orders.line("g1", 1, 300))), 7);
        assertThat(libraries.isEmpty()).isTrue();
        assertThat(sales.isEmpty()).isTrue();
    }

    /** Unreadable bytes are the integration test's: the driver forgets what is sent before a transaction has a record. */
    @Test
    void aBadOrderIsADeadLetterAndLeavesNoTrace() {
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 1, 300), Orders.line("g2", 0, 300)), 7);
        assertThat(DrivenTopology.header(topology.deadLetters().readRecord(), "__streams.errors.message"))
                .contains("quantity 0");
        topology.send(
                TopicCatalogue.ORDERS,
                Order.class,
                "o2",
                Orders.paid("o2", "u1", 10, Orders.line("g1", 1, 300)),
                new RecordHeaders());
        assertThat(DrivenTopology.header(topology.deadLetters().readRecord(), "__streams.errors.message"))
                .contains("header lsn is missing");
        assertThat(libraries.isEmpty()).isTrue();
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 1, 300)), 9);
        assertThat(sales.readValuesToList()).containsExactly(new SalesView("g1", 1L, 1L, Map.of("EUR", 300L), 9L));
        assertThat(libraries.readValue().getItems()).hasSize(1);
    }

    @Test
    void anOrderThatIsPaidThroughTheSagaCountsByItsEntitlements() {
        send("o1", Orders.order("o1", "u1", OrderStatus.PENDING, 10, "EUR", List.of(Orders.line("g1", 2, 300))), 7);
        entitle("o1", grant("g1", GrantState.ACTIVE, 600), grant("g2", GrantState.NONE, 0));
        assertThat(libraries.readValue().getItems())
                .extracting(LibraryItem::getGameId)
                .containsExactly("g1");
        assertThat(sales.readValuesToList()).containsExactly(new SalesView("g1", 2L, 1L, Map.of("EUR", 600L), 7L));
        entitle("o1", grant("g1", GrantState.SUSPENDED, 600), grant("g2", GrantState.NONE, 0));
        assertThat(libraries.readValue().getItems()).isEmpty();
        entitle("o1", grant("g1", GrantState.ACTIVE, 500), grant("g2", GrantState.NONE, 0));
        assertThat(sales.readKeyValuesToMap().get("g1"))
                .isEqualTo(new SalesView("g1", 2L, 1L, Map.of("EUR", 500L), 7L));
        assertThat(libraries.readValue().getItems()).hasSize(1);
        entitle("o1", grant("g1", GrantState.REVOKED, 0), grant("g2", GrantState.NONE, 0));
        assertThat(sales.readValuesToList()).containsExactly(new SalesView("g1", 0L, 0L, Map.of(), 7L));
        assertThat(libraries.readValue().getItems()).isEmpty();
    }

    @Test
    void itIsNeverCountedByItsRowAsWell() {
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 2, 300)), 7);
        assertThat(sales.readValuesToList()).hasSize(1);
        entitle("o1", grant("g1", GrantState.ACTIVE, 600));
        assertThat(sales.isEmpty()).as("it is the same sale").isTrue();
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 5, 300)), 8);
        assertThat(sales.isEmpty()).isTrue();
        entitle("o1", grant("g1", GrantState.REVOKED, 0));
        assertThat(sales.readValuesToList()).containsExactly(new SalesView("g1", 0L, 0L, Map.of(), 7L));
        send("o1", Orders.paid("o1", "u1", 10, Orders.line("g1", 1, 300)), 9);
        assertThat(sales.isEmpty()).as("refunded, whatever the row says").isTrue();
    }

    @Test
    void aGrantThatCantBeDecidedIsADeadLetter() {
        entitle("o1", grant("g1", GrantState.UNKNOWN, 0));
        assertThat(DrivenTopology.header(topology.deadLetters().readRecord(), "__streams.errors.message"))
                .contains("order o1")
                .contains("g1");
        assertThat(sales.isEmpty()).isTrue();
    }

    private void entitle(String id, Grant... grants) {
        topology.send(
                PaymentTopics.ENTITLEMENTS,
                OrderEntitlements.class,
                id,
                new OrderEntitlements(id, "u1", "EUR", Instant.ofEpochMilli(10), List.of(grants), 1L, 7L),
                new RecordHeaders());
    }

    private static Grant grant(String game, GrantState state, long netMinor) {
        return new Grant("o1:" + game, game, 2, state, netMinor);
    }

    private void send(String id, @Nullable Order order, long lsn) {
        topology.send(TopicCatalogue.ORDERS, Order.class, id, order, DrivenTopology.headers(lsn));
    }
}
