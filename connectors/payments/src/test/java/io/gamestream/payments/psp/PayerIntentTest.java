package io.gamestream.payments.psp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.runtime.http.Json;
import io.gamestream.schemas.payments.PspOutcome;
import org.junit.jupiter.api.Test;

class PayerIntentTest {

    private static final String WAITING =
            "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"status\":\"requires_action\","
                    + "\"client_secret\":\"pi_1_secret_x\",\"next_action\":{\"type\":\"redirect_to_url\","
                    + "\"redirect_to_url\":{\"url\":\"https://hooks.stripe.com/x?client_secret=src_client_secret_y\"}}}";

    private static PayerIntent read(String json) throws Exception {
        return PayerIntent.of(Json.MAPPER.readTree(json));
    }

    @Test
    void itWaitsForThePayerWhereItSaysSoAndHow() throws Exception {
        assertThat(read(WAITING).waitsForPayer()).isTrue();
        assertThat(read(WAITING.replace("requires_action", "succeeded")).waitsForPayer())
                .isFalse();
        assertThat(read(WAITING.replace("next_action", "other")).waitsForPayer())
                .isFalse();
    }

    @Test
    void inALogItHoldsNoSecret() throws Exception {
        PayerIntent intent = read(WAITING);
        assertThat(new IntentAnswer(ProviderAnswer.of(PspOutcome.DONE, "", ""), intent).toString())
                .contains("pi_1 requires_action")
                .doesNotContain("secret");
    }
}
