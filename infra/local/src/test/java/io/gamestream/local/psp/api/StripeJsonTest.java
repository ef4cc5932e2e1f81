package io.gamestream.local.psp.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.psp.core.BalanceRow;
import io.gamestream.local.psp.core.Charge;
import io.gamestream.local.psp.core.Dispute;
import io.gamestream.local.psp.core.Intent;
import io.gamestream.local.psp.core.IntentStatus;
import io.gamestream.local.psp.core.PspEvent;
import io.gamestream.local.psp.core.PspObject;
import io.gamestream.local.psp.core.Refund;
import io.gamestream.runtime.http.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Our shapes beside Stripe's own examples. */
class StripeJsonTest {

    private static final Intent INTENT = new Intent(
            "pi_1",
            1,
            1_000,
            "eur",
            false,
            IntentStatus.SUCCEEDED,
            0,
            1_000,
            "ch_1",
            "pm_card_visa",
            null,
            null,
            0,
            null,
            Map.of());
    private static final Charge CHARGE = new Charge(
            "ch_1",
            1,
            "pi_1",
            1_000,
            "eur",
            Charge.Status.SUCCEEDED,
            true,
            1_000,
            0,
            false,
            true,
            null,
            "pm_card_visa",
            "txn_1",
            Map.of());
    private static final Refund REFUND =
            new Refund("re_1", 1, "ch_1", "pi_1", 1_000, "eur", Refund.Status.SUCCEEDED, null, null, "txn_2", Map.of());
    private static final Dispute DISPUTE = new Dispute(
            "dp_1", 1, "ch_1", "pi_1", 1_000, "eur", Dispute.Status.NEEDS_RESPONSE, "fraudulent", List.of());
    private static final BalanceRow ROW = new BalanceRow("txn_1", 1, 1_000, 59, "eur", "charge", "charge", "ch_1");

    @Test
    void everyMemberOfStripesExamplesIsThereAndNoOther() throws Exception {
        Path file = Path.of(System.getProperty("data.dir", "."), "stripe-openapi", "fixtures3.json");
        Assumptions.assumeTrue(Files.isReadable(file), () -> "the examples are not there: " + file);
        JsonNode examples = Json.MAPPER.readTree(file.toFile()).path("resources");
        for (PspObject object : List.of(INTENT, CHARGE, REFUND, DISPUTE, ROW)) {
            JsonNode ours = StripeJson.of(object);
            String name = ours.path("object").asText();
            assertThat(names(ours)).as(name).isEqualTo(names(examples.path(name)));
        }
        JsonNode event =
                StripeJson.event(new PspEvent("evt_1", 1, "charge.succeeded", "ch_1", null, null), CHARGE, true);
        assertThat(names(event)).isEqualTo(names(examples.path("event")));
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
