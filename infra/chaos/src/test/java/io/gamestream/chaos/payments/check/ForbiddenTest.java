package io.gamestream.chaos.payments.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenTest {

    private final Forbidden forbidden = new Forbidden(List.of("a-password.of.ours"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424242",
                "4000056655665556",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "3056930009020004",
                "36227206271667",
                "3566002020360505",
                "6200000000000005",
                "4222222222222",
                "4242424242424242428",
                "4000 0566 5566 5556",
                "5555-5555-5555-4444",
                "3782 822463 10005"
            })
    void everyCardNumberIsFoundWhereverItStands(String number) {
        for (String text : List.of(
                number,
                "{\"paymentMethod\":\"" + number + "\"}",
                "user typed " + number + ", refused",
                "card" + number,
                // Avro: the lengths of this text and of the next one.
                (char) (2 * number.length()) + number + "6pi_1234567890123456789012ab",
                (char) (2 * number.length()) + number + "Hpi")) {
            assertThat(forbidden.in(text)).as(text).contains("a card number");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
                "rk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "whsec_test4eC39HqLyjWDarjt",
                "pi_JGTydevD8TJcukBduhlGReQs_secret_simulated",
                "seti_1_secret_x",
                "https://hooks.stripe.com/r?client_secret=src_client_secret_y",
                "{\"client_secret\": \"other\"}",
                "{\\\"client_secret\\\":\\\"other\\\"}",
                "{\"clientSecret\":\"other\"}",
                "a-password.of.ours"
            })
    void everyKindOfSecretIsFound(String secret) {
        assertThat(forbidden.in("some text " + secret + " and more")).contains("a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A digit is wrong.
                "4242424242424241",
                "4000 0566 5566 5557",
                // Times: milliseconds, microseconds.
                "1764194368004",
                "1764194368004003",
                "0.4242424242424242",
                "ord_5424242424242424242b4f0b48fc859a",
                "42424242-4242-4242-8242-424242424242",
                "log.flush.interval.messages = 9223372036854775807",
                "{\"client_secret\": \"\"}",
                "{\"client_secret\": null}",
                "pm_card_visa",
                "payments-gateway.webhooks.secrets",
                "2026-11-26 22:17:12.814 12.5 MB 4242"
            })
    void whatOnlyLooksLikeOneIsNone(String text) {
        assertThat(forbidden.in(text)).as(text).isEmpty();
    }

    @Test
    void bytesOfARecordAreNoNumbers() {
        String avro = new String(
                new byte[] {0, 0, 0, 0, 7, 0x48, 52, 50, 52, 50, 2, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50},
                StandardCharsets.ISO_8859_1);
        assertThat(forbidden.in(avro)).isEmpty();
    }
}
