package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.PspCommand;
import io.gamestream.schemas.payments.PspOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of answer, and what may be concluded from it. */
class StripeAnswersTest {

    @ParameterizedTest
    @CsvSource({
        "400, idempotency_error, , KEY_REUSED",
        "400, invalid_request_error, payment_intent_unexpected_state, UNEXPECTED_STATE",
        "400, invalid_request_error, charge_already_refunded, UNEXPECTED_STATE",
        "400, invalid_request_error, parameter_missing, REFUSED",
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
        assertThat(answer(OperationKind.CREATE, status, body).outcome()).isEqualTo(outcome);
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
        ProviderAnswer answer = answer(OperationKind.CREATE, status, body);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    private static ProviderAnswer answer(OperationKind kind, int status, JsonNode body) {
        PspCommand command = Sim.command(kind, "o", 1).setIntentId("pi_1").build();
        return StripeAnswers.of(command, new StripeHttp.Answer(status, body, "req_1"));
    }

    private static ProviderAnswer answer(OperationKind kind, int status, String body) throws Exception {
        return answer(kind, status, body.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(body));
    }

    private static String intent(String id) {
        return "{\"object\":\"payment_intent\",\"id\":" + id
                + ",\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\"}";
    }

    private static String refund(String fields) {
        return "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":5,\"currency\":\"eur\",\"status\":\"succeeded\""
                + fields + "}";
    }

    @Test
    void anOkThatShowsWhatWasAskedForIsDone() throws Exception {
        for (OperationKind kind :
                List.of(OperationKind.CREATE, OperationKind.CONFIRM, OperationKind.CAPTURE, OperationKind.CANCEL)) {
            ProviderAnswer answer = answer(kind, 200, intent("\"pi_1\""));
            assertThat(answer.outcome()).as(kind.name()).isEqualTo(PspOutcome.DONE);
            assertThat(answer.facts()).hasSize(1);
        }
        assertThat(answer(OperationKind.REFUND, 200, refund("")).outcome()).isEqualTo(PspOutcome.DONE);
    }

    /** Of a proxy, a maintenance page, or of nobody that we know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "[{\"object\":\"payment_intent\",\"id\":\"pi_1\"}]",
                "7",
                "null",
                "\"ok\"",
                "{\"status\":\"ok\"}",
                "{\"object\":7,\"id\":\"pi_1\"}",
                "{\"object\":\"payment_intent\"}",
                "{\"object\":\"payment_intent\",\"id\":7}",
                "{\"object\":\"payment_intent\",\"id\":\"\"}",
                "{\"object\":{\"object\":\"payment_intent\"},\"id\":{\"id\":\"pi_1\"}}",
                "{\"object\":\"list\",\"data\":[{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"amount\":5,\"currency\":\"eur\"}]}",
                "{\"object\":\"charge\",\"id\":\"ch_1\",\"amount\":5,\"currency\":\"eur\"}",
                "{\"error\":{\"type\":\"api_error\"}}",
            })
    void anOkThatShowsSomethingElseProvesNothing(String body) throws Exception {
        for (OperationKind kind : List.of(
                OperationKind.CREATE,
                OperationKind.CONFIRM,
                OperationKind.CAPTURE,
                OperationKind.CANCEL,
                OperationKind.REFUND)) {
            ProviderAnswer answer = answer(kind, 200, body);
            assertThat(answer.outcome()).as(kind.name()).isEqualTo(PspOutcome.UNKNOWN);
            assertThat(answer.errorCode()).isEqualTo("unreadable");
            assertThat(answer.facts()).as("what nobody asked for").isEmpty();
        }
    }

    @Test
    void anOkForAnotherObjectProvesNothing() throws Exception {
        assertThat(answer(OperationKind.CAPTURE, 200, intent("\"pi_2\"")).outcome())
                .isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer(OperationKind.CREATE, 200, refund("")).outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer(OperationKind.REFUND, 200, intent("\"pi_1\"")).outcome())
                .isEqualTo(PspOutcome.UNKNOWN);
    }

    /** A refund that a proxy's 404 rejected for ever could have been made, and was to be made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"message\":\"no Route matched\"}",
                "{\"error\":{\"code\":404}}",
                "{\"error\":7}"
            })
    void aRefusalThatIsNotThePspsOwnProvesNothing(String body) throws Exception {
        for (int status : new int[] {400, 402, 404, 405, 408, 413, 499}) {
            assertThat(answer(OperationKind.REFUND, status, body).outcome())
                    .as("%s %s", status, body)
                    .isEqualTo(PspOutcome.UNKNOWN);
        }
        assertThat(answer(OperationKind.REFUND, 429, body).outcome()).isEqualTo(PspOutcome.NOT_EXECUTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"created\":9223372036854775807",
                ",\"created\":99999999999999999999999",
                ",\"created\":10000000000000",
                ",\"created\":7258118400",
                ",\"created\":-1",
                ",\"created\":1.5",
                ",\"created\":\"today\"",
                ",\"amount\":99999999999999999999999",
                ",\"amount\":9223372036854775807",
                ",\"amount\":18446744073709551621",
                ",\"created\":18446744073709551621",
                ",\"amount\":\"5\"",
                ",\"amount\":null",
            })
    void whatOurRecordsCanNotHoldIsLookedAt(String fields) throws Exception {
        ProviderAnswer answer = answer(OperationKind.REFUND, 200, refund(fields));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer.errorCode()).isEqualTo("unreadable");
        assertThat(answer.facts()).isEmpty();
    }

    @Test
    void longTextsAreCutWhereTheyEnter() throws Exception {
        String endless = "x".repeat(100_000);
        ProviderAnswer refused = answer(
                OperationKind.REFUND,
                400,
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"" + endless + "\",\"message\":\"" + endless
                        + "\"}}");
        assertThat(refused.outcome()).isEqualTo(PspOutcome.REFUSED);
        assertThat(refused.errorCode()).hasSize(1_000);
        assertThat(refused.message()).hasSize(1_000);
        ProviderAnswer done = answer(OperationKind.REFUND, 200, refund(",\"failure_reason\":\"" + endless + "\""));
        assertThat(done.facts().get(0).getReason()).hasSize(1_000);
        assertThat(answer(OperationKind.REFUND, 200, refund(",\"charge\":\"" + endless + "\""))
                        .outcome())
                .as("half of an id is another one")
                .isEqualTo(PspOutcome.UNKNOWN);
    }

    @Test
    void moneyThatCanNotBeCountedIsLookedAt() throws Exception {
        ProviderAnswer answer =
                answer(OperationKind.CREATE, 200, intent("\"pi_1\"").replace("eur", "ugx"));
        assertThat(answer.outcome()).isEqualTo(PspOutcome.UNKNOWN);
        assertThat(answer.errorCode()).isEqualTo("unreadable");
    }
}
