package io.gamestream.payments.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.payments.intake.OrderRules.CatalogueGame;
import io.gamestream.payments.intake.OrderRules.Priced;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {

    private static final Map<String, CatalogueGame> CATALOGUE = Map.of(
            "1", new CatalogueGame("1", 1_999, "EUR", true),
            "2", new CatalogueGame("2", 500, "EUR", true),
            "3", new CatalogueGame("3", 500, "BRL", true),
            "4", new CatalogueGame("4", 500, "EUR", false),
            "5", new CatalogueGame("5", 0, "EUR", true));

    private final Bodies bodies = new Bodies(3, 10);

    private Request.Place place(String json) {
        try {
            return bodies.place(Json.MAPPER.readTree(json.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Priced price(String json) {
        return OrderRules.price(place(json), CATALOGUE);
    }

    @Test
    void pricesAreTheCatalogues() {
        Priced priced =
                price("{'userId':'7','paymentMethod':'pm_1','lines':[{'gameId':'1','quantity':2},{'gameId':'2'}]}");
        assertThat(priced.totalMinor()).isEqualTo(2 * 1_999 + 500);
        assertThat(priced.currency()).isEqualTo("EUR");
    }

    @Test
    void aFreeOrderNeedsNoPaymentMethod() {
        assertThat(price("{'userId':'7','lines':[{'gameId':'5'}]}").totalMinor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'lines':[{'gameId':'1'}]}                                        | userId
        {'userId':7,'lines':[{'gameId':'1'}]}                             | userId
        {'userId':'7','lines':[]}                                         | lines
        {'userId':'7','lines':{}}                                         | lines
        {'userId':'7','lines':[{'gameId':'1'},{'gameId':'1'}]}            | lines
        {'userId':'7','lines':[{'gameId':'1','quantity':0}]}              | quantity
        {'userId':'7','lines':[{'gameId':'1','quantity':-1}]}             | quantity
        {'userId':'7','lines':[{'gameId':'1','quantity':99999999999999}]} | quantity
        {'userId':'7','lines':[{'gameId':'1','quantity':1.5}]}            | quantity
        {'userId':'7','lines':[{'gameId':'1','price':1}]}                 | price
        {'userId':'7','total':1,'lines':[{'gameId':'1'}]}                 | total
        {'userId':'7','currency':'euro','lines':[{'gameId':'1'}]}         | currency
        {'userId':'7','capture':'LATER','lines':[{'gameId':'1'}]}         | capture
        {'userId':'7','paymentMethod':'4242 4242 4242 4242','lines':[{'gameId':'1'}]} | paymentMethod
        []                                                                | body
        """)
    void whatIsWrongIsNamed(String json, String field) {
        assertThatThrownBy(() -> place(json)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().extensions())
                .containsEntry("field", field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'userId':'7\\u0000','lines':[{'gameId':'1'}]}                      | userId
        {'userId':'7\\u001b','lines':[{'gameId':'1'}]}                      | userId
        {'userId':'7','lines':[{'gameId':'1\\u0000'}]}                      | gameId
        {'userId':'7','paymentMethod':'pm\\u0000','lines':[{'gameId':'1'}]} | paymentMethod
        {'userId':'7\\ud800','lines':[{'gameId':'1'}]}                      | userId
        """)
    void whatPostgresCanNotKeepIsNamed(String json, String field) {
        whatIsWrongIsNamed(json, field);
    }

    @Test
    void aRefundNamesNoMoreGamesThanAnOrderHas() {
        String games =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(","));
        assertThatThrownBy(() -> bodies.refund("o1", Json.MAPPER.readTree("{\"gameIds\":[" + games + "]}")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void gamesOfARefundAndOrdersAreHeldToTheSame() {
        assertThatThrownBy(() -> bodies.refund("o1", Json.MAPPER.readTree("{\"gameIds\":[\"1\\u0000\"]}")))
                .isInstanceOf(ProblemException.class);
        for (String id : new String[] {"o\u0000", "o\ud800", ""}) {
            assertThatThrownBy(() -> bodies.cancel(id, Json.MAPPER.createObjectNode()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().extensions()).containsEntry("field", "id"));
        }
        assertThat(bodies.cancel("ord_\ud83d\ude00", Json.MAPPER.createObjectNode())
                        .orderId())
                .as("any other character")
                .isEqualTo("ord_\ud83d\ude00");
    }

    @Test
    void aCardNumberIsNotRepeated() {
        assertThatThrownBy(() -> place("{'userId':'7','paymentMethod':'4242424242424242','lines':[{'gameId':'1'}]}"))
                .hasMessageNotContaining("4242");
    }

    @ParameterizedTest
    @CsvSource({
        "9,,unknown-game",
        "4,,withdrawn-game",
        "1,BRL,foreign-currency",
    })
    void whatCanNotBeBoughtIsToldApart(String game, @Nullable String currency, String slug) {
        String json = "{'userId':'7','paymentMethod':'pm_1'"
                + (currency == null ? "" : ",'currency':'" + currency + "'") + ",'lines':[{'gameId':'" + game + "'}]}";
        assertThatThrownBy(() -> price(json)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().type())
                .endsWith(":" + slug));
    }

    @Test
    void oneOrderIsInOneCurrency() {
        assertThatThrownBy(() -> price("{'userId':'7','paymentMethod':'pm_1','lines':[{'gameId':'1'},{'gameId':'3'}]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).endsWith(":mixed-currencies"));
    }
}
