package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.payments.PspOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of answer, and what may be concluded from it. */
class StripeAnswersTest {

    @ParameterizedTest
    @CsvSource({
        "400, idempotency_error, , KEY_REUSED",
        "400, invalid_request_error, payment_intent_unexpected_state, UNEXPECTED_STATE",
        "400, invalid_request_error, charge_already_refunded, UNEXPECTED_STATE",
        "400, invalid_request_error, parameter_missing, REFUSED",
        "400, , , REFUSED",
        "401, invalid_request_error, , NOT_EXECUTED",
        "402, card_error, card_declined, DECLINED",
        "403, invalid_request_error, , NOT_EXECUTED",
        "404, invalid_request_error, resource_missing, REFUSED",
        "409, idempotency_error, idempotency_key_in_use, NOT_EXECUTED",
        "409, invalid_request_error, lock_timeout, NOT_EXECUTED",
        "429, invalid_request_error, rate_limit, NOT_EXECUTED",
        "500, api_error, , UNKNOWN",
        "502, , , UNKNOWN",
        "503, , , UNKNOWN",
        "301, , , UNKNOWN",
    })
    void concludesNoMoreThanThereIs(int status, @Nullable String type, @Nullable String code, PspOutcome outcome) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("error").put("type", type).put("code", code);
        assertThat(StripeAnswers.of(status, body, "req_1", "o:create:1").outcome())
                .isEqualTo(outcome);
    }

    /** The order fails and says so to the player; it is not set aside for an operator, who could not mend it. */
    @ParameterizedTest
    @CsvSource({
        "400, resource_missing, payment_method, DECLINED",
        "404, resource_missing, payment_method, DECLINED",
        "400, parameter_invalid_empty, payment_method, DECLINED",
        "400, amount_too_small, amount, DECLINED",
        "404, resource_missing, intent, REFUSED",
        "400, parameter_missing, payment_method, REFUSED",
        "400, parameter_invalid_integer, amount, REFUSED",
    })
    void whatOnlyThePlayerCanMendIsADecline(int status, String code, String param, PspOutcome outcome) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("error")
                .put("type", "invalid_request_error")
                .put("code", code)
                .put("param", param);
        ProviderAnswer answer = StripeAnswers.of(status, body, "req_1", "o:create:1");
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @Test
    void anOkWithoutJsonProvesNothing() {
        assertThat(StripeAnswers.of(200, MissingNode.getInstance(), null, "o:create:1")
                        .outcome())
                .isEqualTo(PspOutcome.UNKNOWN);
    }

    @Test
    void moneyThatCanNotBeCountedIsLookedAt() throws Exception {
        JsonNode body = Json.MAPPER.readTree(
                "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"ugx\",\"status\":\"succeeded\"}");
        ProviderAnswer answer = StripeAnswers.of(200, body, null, "o:create:1");
        assertThat(answer.outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer.errorCode()).isEqualTo("unreadable");
    }
}
