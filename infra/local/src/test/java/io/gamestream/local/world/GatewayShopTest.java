package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gamestream.local.load.OrderRow;
import io.gamestream.schemas.payments.OrderStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayShopTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final GatewayShop shop;
    private volatile int status = 202;

    GatewayShopTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        shop = new GatewayShop(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), 42);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        byte[] body = "{\"orderId\":\"ord_1\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aRepeatedActionHasTheSameKey() {
        assertThat(shop.place(order(7))).isTrue();
        assertThat(shop.place(order(7))).isTrue();
        assertThat(asked).containsExactly("/v1/orders world-42-place-7", "/v1/orders world-42-place-7");
    }

    @Test
    void whatWasBoughtHereIsReturnedHereAndPaidBySomebodyElse() {
        assertThat(shop.knows(7)).isFalse();
        shop.place(order(7));
        assertThat(shop.knows(7)).isTrue();
        assertThat(shop.settle(new Action.SettleOrder(7, OrderStatus.PENDING, OrderStatus.PAID)))
                .isTrue();
        assertThat(shop.settle(new Action.SettleOrder(7, OrderStatus.PAID, OrderStatus.REFUNDED)))
                .isTrue();
        assertThat(shop.settle(new Action.SettleOrder(7, OrderStatus.PENDING, OrderStatus.CANCELLED)))
                .isTrue();
        assertThat(asked)
                .containsExactly(
                        "/v1/orders world-42-place-7",
                        "/v1/orders/ord_1/refunds world-42-refund-7",
                        "/v1/orders/ord_1/cancel world-42-cancel-7");
    }

    @Test
    void aPlayerWhoIsRefusedOrFindsNobodyGoesAway() {
        status = 422;
        assertThat(shop.place(order(7))).isFalse();
        status = 503;
        assertThat(shop.place(order(8))).isFalse();
        server.stop(0);
        assertThat(shop.place(order(9))).isFalse();
        assertThat(shop.knows(7) || shop.knows(8) || shop.knows(9)).isFalse();
    }

    private static Action.PlaceOrder order(int number) {
        return new Action.PlaceOrder(
                number,
                new OrderRow(
                        Ids.ORDER.of(number),
                        Ids.USER.of(1),
                        OrderStatus.PENDING,
                        List.of(new OrderRow.Line("g-1", 1, 100)),
                        "EUR",
                        Instant.EPOCH));
    }
}
