package io.gamestream.local.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamestream.local.psp.core.Fate;
import io.gamestream.local.psp.fault.FaultPlan;
import io.gamestream.local.psp.fault.FaultSettings;
import io.gamestream.local.psp.fault.Plans;
import io.gamestream.local.psp.fault.TransportFault;
import io.gamestream.runtime.http.Json;
import io.gamestream.runtime.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

    private static final Map<String, String> CARD =
            Map.of("amount", "1000", "currency", "eur", "confirm", "true", "payment_method", "pm_card_visa");

    @TempDir
    Path dir;

    private static FaultSettings usual() {
        return Settings.load(null, Map.of(), Map.of())
                .bind("local.psp", PspSettings.class)
                .faults();
    }

    private static FaultSettings with(String json) throws Exception {
        return Plans.merge(usual(), Json.MAPPER.readTree(json));
    }

    @Test
    void theSameSeedMisbehavesTheSame() throws Exception {
        FaultSettings wild = with(
                "{\"outcome\":{\"declines\":0.5,\"challenges\":0.3},\"transport\":{\"slow\":0.2,\"error-after\":0.2}}");
        assertThat(drawn(7, wild)).isEqualTo(drawn(7, wild)).isNotEqualTo(drawn(8, wild));
    }

    @Test
    void ratesAreKept() throws Exception {
        FaultPlan plan = new FaultPlan(
                1,
                with("{\"transport\":{\"timeout-before\":0.1,\"error-after\":0.3},\"outcome\":{\"declines\":0.25}}"));
        Map<TransportFault, Integer> counted = new EnumMap<>(TransportFault.class);
        int declined = 0;
        for (int i = 0; i < 10_000; i++) {
            FaultPlan.Drawn drawn = plan.request("create", "key-" + i);
            counted.merge(drawn.fault(), 1, Integer::sum);
            declined += drawn.fate().decline() == null ? 0 : 1;
        }
        assertThat(counted.keySet())
                .containsExactly(TransportFault.NONE, TransportFault.TIMEOUT_BEFORE, TransportFault.ERROR_AFTER);
        assertThat(counted.get(TransportFault.TIMEOUT_BEFORE)).isBetween(850, 1_150);
        assertThat(counted.get(TransportFault.ERROR_AFTER)).isBetween(2_800, 3_200);
        assertThat(declined).isBetween(2_300, 2_700);
    }

    @Test
    void reorderedDeliveriesAreSpreadOverTheirTimeAndTheOthersGoAtOnce() throws Exception {
        FaultPlan plan = new FaultPlan(1, with("{\"webhook\":{\"reordered\":0.25,\"reorder-ms\":400}}"));
        List<Long> delays = LongStream.range(0, 10_000)
                .map(i -> plan.delivery("evt_" + i, "charge.succeeded").delayMs())
                .boxed()
                .toList();
        List<Long> reordered = delays.stream().filter(delay -> delay > 0).toList();
        assertThat(reordered.size()).isBetween(2_300, 2_700);
        assertThat(reordered).allMatch(delay -> delay < 400).anyMatch(delay -> delay < 40);
        assertThat(reordered).anyMatch(delay -> delay > 360);
    }

    @Test
    void aKeyThatComesAgainIsNotDoomed() throws Exception {
        FaultPlan plan = new FaultPlan(1, with("{\"transport\":{\"timeout-before\":0.5}}"));
        for (int key = 0; key < 50; key++) {
            int tries = 1;
            while (plan.request("create", "key-" + key).fault() != TransportFault.NONE) {
                assertThat(++tries).isLessThan(40);
            }
        }
    }

    @Test
    void thePlanIsChangedWhileItRunsAndOutlivesTheProcess() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of())) {
            JsonNode changed =
                    simulator.admin("/_sim/faults", "{\"outcome\":{\"declines\":1,\"decline-codes\":[\"lost_card\"]}}");
            assertThat(changed.at("/outcome/declines").asDouble()).isEqualTo(1);
            assertThat(changed.at("/outcome/challenges-failed").asDouble()).isEqualTo(0.2);
            assertThat(pay(simulator, "k1")).isEqualTo(402);
            assertThat(simulator
                            .admin("/_sim/faults", "{\"outcome\":{\"declines\":2}}")
                            .at("/error/message")
                            .asText())
                    .contains("declines: 2.0 (expected: 0 to 1)");
        }
        try (Simulator again = new Simulator(dir, Map.of())) {
            assertThat(pay(again, "k2")).isEqualTo(402);
            again.reset("/_sim/faults");
            assertThat(pay(again, "k3")).isEqualTo(200);
        }
    }

    @Test
    void aPlanFromBeforeAFaultWasThoughtOfGoesOn() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of())) {
            simulator.admin("/_sim/faults", "{\"outcome\":{\"declines\":1}}");
        }
        Path log = dir.resolve("psp-truth.jsonl");
        String known = Files.readString(log);
        assertThat(known).contains("\"stall-body\":0.0,");
        Files.writeString(log, known.replace("\"stall-body\":0.0,", ""));
        try (Simulator again = new Simulator(dir, Map.of())) {
            assertThat(pay(again, "k1")).isEqualTo(402);
        }
    }

    @Test
    void readsGoWrongAsOftenAsWritesAndItsOwnDoorNever() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of("faults.transport.hold-ms", "100"))) {
            assertThat(pay(simulator, "k1")).isEqualTo(200);
            simulator.admin("/_sim/faults", "{\"transport\":{\"error-before\":1}}");
            assertThat(simulator.status("/v1/charges")).isEqualTo(500);
            simulator.admin("/_sim/faults", "{\"transport\":{\"error-before\":0,\"rate-limited\":1}}");
            assertThat(simulator.status("/v1/charges")).isEqualTo(429);
            simulator.admin("/_sim/faults", "{\"transport\":{\"rate-limited\":0,\"timeout-before\":1}}");
            assertThatThrownBy(() -> simulator.status("/v1/charges")).isInstanceOf(IOException.class);
            simulator.admin("/_sim/faults", "{\"transport\":{\"timeout-before\":0,\"stall-body\":1}}");
            assertThatThrownBy(() -> simulator.status("/v1/charges")).isInstanceOf(IOException.class);
            assertThat(simulator.get("/_sim/status").path("openTasks").isNumber())
                    .isTrue();
            simulator.reset("/_sim/faults");
            assertThat(simulator.get("/v1/charges").path("data")).hasSize(1);
        }
    }

    @Test
    void aScriptOfReadsIsForReadsAlone() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of())) {
            simulator.admin(
                    "/_sim/scripts", "{\"operation\":\"read\",\"match\":\"/v1/refunds\",\"fault\":\"error-before\"}");
            simulator.admin("/_sim/scripts", "{\"operation\":\"any\",\"fault\":\"rate-limit\"}");
            assertThat(simulator.status("/v1/charges")).isEqualTo(200);
            assertThat(simulator.status("/v1/refunds")).isEqualTo(500);
            assertThat(simulator.status("/v1/refunds")).isEqualTo(200);
            assertThat(pay(simulator, "k1")).isEqualTo(429);
            assertThat(simulator
                            .admin("/_sim/scripts", "{\"operation\":\"read\",\"fault\":\"decline:lost_card\"}")
                            .at("/error/message")
                            .asText())
                    .contains("fault: decline:lost_card of read");
        }
    }

    @Test
    void aStalledBodyBeginsAndDoesNotEnd() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of("faults.transport.hold-ms", "300"))) {
            simulator.admin("/_sim/scripts", "{\"operation\":\"create\",\"fault\":\"stall-body\"}");
            HttpResponse<InputStream> begun = simulator.begin("/v1/payment_intents", "k1", CARD);
            assertThat(begun.statusCode()).isEqualTo(200);
            byte[] half = begun.body().readNBytes(20);
            assertThat(new String(half, StandardCharsets.UTF_8)).startsWith("{");
            assertThatThrownBy(() -> begun.body().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(pay(simulator, "k1")).as("it was done").isEqualTo(200);
        }
    }

    @Test
    void aScriptIsUsedUp() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of())) {
            simulator.admin(
                    "/_sim/scripts", "{\"operation\":\"create\",\"match\":\"k2\",\"fault\":\"decline:do_not_honor\"}");
            assertThat(pay(simulator, "k1")).isEqualTo(200);
            assertThat(pay(simulator, "k2")).isEqualTo(402);
            assertThat(pay(simulator, "k2:again")).isEqualTo(200);
            assertThat(simulator
                            .admin("/_sim/scripts", "{\"fault\":\"explode\"}")
                            .at("/error/message")
                            .asText())
                    .startsWith("fault: explode");
        }
    }

    @Test
    void aWrongAmountIsWhatTheProviderReallyTook() throws Exception {
        try (Simulator simulator = new Simulator(dir, Map.of("faults.outcome.wrong-amounts", "1"))) {
            pay(simulator, "k1");
            JsonNode intent = simulator.get("/v1/payment_intents").at("/data/0");
            assertThat(intent.path("amount").asLong()).isEqualTo(1_000);
            assertThat(intent.path("amount_received").asLong()).isEqualTo(900);
        }
    }

    private static int pay(Simulator simulator, String key) throws Exception {
        return simulator.post("/v1/payment_intents", key, CARD).statusCode();
    }

    private static List<Object> drawn(long seed, FaultSettings settings) {
        FaultPlan plan = new FaultPlan(seed, settings);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            FaultPlan.Drawn drawn = plan.request("create", "key-" + i);
            Fate fate = drawn.fate();
            all.add(List.of(drawn.fault(), fate, drawn.latencyMs()));
        }
        return all;
    }
}
