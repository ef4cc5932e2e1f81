package io.gamestream.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakRulesTest {

    private static final Difference FEE = new Difference(BreakKind.FEE, "txn_1", "o1", null, "0", "30", 30, "EUR");

    @Test
    void aBreakKeepsTheMomentOfItsFirstSight() {
        List<ReconciliationBreak> first =
                BreakRules.records(findings(List.of(FEE), Set.of("txn_1")), Map.of(), "run-1", World.NOW);
        List<ReconciliationBreak> second = BreakRules.records(
                findings(List.of(FEE), Set.of("txn_1")),
                Map.of("FEE:txn_1", first.get(0)),
                "run-2",
                World.NOW.plus(Duration.ofHours(1)));
        assertThat(second).singleElement().satisfies(known -> {
            assertThat(known.getFirstSeenAt()).isEqualTo(World.NOW);
            assertThat(known.getRunId()).isEqualTo("run-2");
            assertThat(known.getStatus()).isEqualTo(BreakStatus.OPEN);
        });
    }

    @Test
    void aBreakIsClosedWhereItsObjectWasJudgedAndAgreesAndStaysOtherwise() {
        ReconciliationBreak open = BreakRules.records(
                        findings(List.of(FEE), Set.of("txn_1")), Map.of(), "run-1", World.NOW)
                .get(0);
        Map<String, ReconciliationBreak> before = Map.of("FEE:txn_1", open);
        assertThat(BreakRules.records(findings(List.of(), Set.of("txn_1")), before, "run-2", World.NOW))
                .extracting(ReconciliationBreak::getStatus)
                .containsExactly(BreakStatus.CLOSED);
        assertThat(BreakRules.records(findings(List.of(), Set.of("other")), before, "run-2", World.NOW))
                .as("out of the window")
                .isEmpty();
    }

    private static Findings findings(List<Difference> differences, Set<String> judged) {
        return new Findings(differences, judged, 0, 0, 0, 0);
    }
}
