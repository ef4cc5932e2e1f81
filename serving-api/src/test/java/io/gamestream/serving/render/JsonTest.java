package io.gamestream.serving.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.serving.testing.ViewSamples;
import org.junit.jupiter.api.Test;

/** The bodies that clients rely on, letter by letter. */
class JsonTest {

    @Test
    void user() {
        assertThat(text(UserJson.render(ViewSamples.user("u-1", 7))))
                .isEqualTo("\"id\":\"u-1\",\"handle\":\"player-u-1\",\"country\":\"DE\",\"region\":\"eu-central\","
                        + "\"tier\":\"premium\",\"status\":\"active\",\"createdAt\":\"2026-01-02T03:04:05.678901Z\","
                        + "\"updatedAt\":\"2026-01-02T03:04:12.678901Z\"}");
    }

    @Test
    void game() {
        assertThat(text(GameJson.render(ViewSamples.game("g-1", "The \"Witcher\"", 5999, 0))))
                .isEqualTo(
                        "\"id\":\"g-1\",\"title\":\"The \\\"Witcher\\\"\","
                                + "\"description\":\"All about The \\\"Witcher\\\", as told in its shop\","
                                + "\"developer\":\"Studio Ümlaut\",\"publisher\":null,\"genres\":[\"rpg\",\"open-world\"],"
                                + "\"price\":{\"amountMinor\":5999,\"currency\":\"EUR\"},\"releaseDate\":\"2011-11-11\","
                                + "\"ageRating\":16,\"gpuClass\":\"g2\",\"status\":\"active\","
                                + "\"createdAt\":\"2026-01-02T03:04:05.678901Z\",\"updatedAt\":\"2026-01-02T03:04:05.678901Z\"}");
    }

    @Test
    void whatIsNotKnownIsNull() {
        GameView game = GameView.newBuilder(ViewSamples.game("g-1", "x", 0, 0))
                .setReleaseDate(null)
                .setAgeRating(null)
                .build();
        assertThat(text(GameJson.render(game))).contains("\"releaseDate\":null,\"ageRating\":null,");
        UserView user = UserView.newBuilder(ViewSamples.user("u", 0))
                .setCountry(null)
                .setRegion(null)
                .build();
        assertThat(text(UserJson.render(user))).contains("\"country\":null,\"region\":null,");
    }

    @Test
    void order() {
        assertThat(text(OrderJson.render(ViewSamples.order("o-1", "u-1", 1))))
                .isEqualTo(
                        "\"status\":\"paid\",\"id\":\"o-1\",\"userId\":\"u-1\",\"lines\":["
                                + "{\"gameId\":\"g-1\",\"quantity\":1,\"unitPrice\":{\"amountMinor\":5999,\"currency\":\"EUR\"}},"
                                + "{\"gameId\":\"g-2\",\"quantity\":2,\"unitPrice\":{\"amountMinor\":1000,\"currency\":\"EUR\"}}],"
                                + "\"total\":{\"amountMinor\":7999,\"currency\":\"EUR\"},"
                                + "\"placedAt\":\"2026-01-02T03:04:05.678901Z\",\"updatedAt\":\"2026-01-02T03:04:05.678901Z\"}");
    }

    @Test
    void everyStateOfAPaymentIsAStatusOfItsOrder() {
        for (OrderState state : OrderState.values()) {
            assertThat(PaymentJson.orderStatus(state.name())).isIn("PENDING", "PAID", "CANCELLED", "REFUNDED");
        }
        assertThat(PaymentJson.orderStatus("COMPLETED")).isEqualTo("PAID");
    }

    @Test
    void salesWithCurrenciesInOrder() {
        assertThat(text(SalesJson.render(ViewSamples.sales("g-1", 2, 1))))
                .isEqualTo("\"units\":2,\"orders\":2,\"revenue\":[{\"amountMinor\":11998,\"currency\":\"EUR\"},"
                        + "{\"amountMinor\":20,\"currency\":\"USD\"}]}");
    }

    private static String text(byte[] members) {
        return new String(members, UTF_8);
    }
}
