package io.gamestream.payments.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakRulesTest {

    private static final Difference FEE = new Difference(BreakKind.FEE, "txn_1", "o1", null, "0", "30", 30, "EUR");

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aBreakKeepsTheMomentOfItsFirstSight() {
        ReconciliationBreak first = open();
        assertThat(outcome(List.of(FEE), Map.of("FEE:txn_1", first), "run-2", World.NOW.plus(HOUR))
                        .news())
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.getFirstSeenAt()).isEqualTo(World.NOW);
                    assertThat(known.getRunId()).isEqualTo("run-2");
                    assertThat(known.getStatus()).isEqualTo(BreakStatus.OPEN);
                });
    }

    @Test
    void aBreakIsWrittenAgainAfterOneTwoFourAndEightHours() {
        List<Integer> hours = new ArrayList<>();
        Map<String, ReconciliationBreak> before = new HashMap<>();
        for (int hour = 0; hour < 40; hour++) {
            BreakRules.Outcome outcome =
                    outcome(List.of(FEE), before, "run-" + hour, World.NOW.plus(HOUR.multipliedBy(hour)));
            assertThat(outcome.open()).hasSize(1);
            for (ReconciliationBreak written : outcome.news()) {
                before.put(written.getBreakId(), written);
                hours.add(hour);
            }
        }
        assertThat(hours).containsExactly(0, 1, 2, 4, 8, 16, 32);
    }

    @Test
    void aBreakThatHasChangedIsWrittenAtOnce() {
        Difference other = new Difference(BreakKind.FEE, "txn_1", "o1", null, "0", "31", 31, "EUR");
        assertThat(outcome(List.of(other), Map.of("FEE:txn_1", open()), "run-2", World.NOW.plusSeconds(1))
                        .news())
                .extracting(ReconciliationBreak::getDifferenceMinor)
                .containsExactly(31L);
    }

    @Test
    void aBreakIsClosedWhereItsObjectWasJudgedAndAgreesAndStaysOtherwise() {
        Map<String, ReconciliationBreak> before = Map.of("FEE:txn_1", open());
        assertThat(outcome(List.of(), before, "run-2", World.NOW).news())
                .extracting(ReconciliationBreak::getStatus)
                .containsExactly(BreakStatus.CLOSED);
        assertThat(BreakRules.outcome(findings(List.of(), Set.of("other")), before, "run-2", World.NOW, HOUR)
                        .news())
                .as("out of the window")
                .isEmpty();
    }

    @Test
    void whatIsYoungEnoughAndCanHealIsJudgedAgain() {
        Map<String, ReconciliationBreak> before = Map.of("FEE:txn_1", open());
        assertThat(BreakRules.recheck(before, World.NOW)).containsExactly(Map.entry("txn_1", World.NOW));
        assertThat(BreakRules.recheck(before, World.NOW.plusSeconds(1))).isEmpty();
        ReconciliationBreak twice = ReconciliationBreak.newBuilder(open())
                .setKind(BreakKind.DUPLICATE)
                .build();
        assertThat(BreakRules.recheck(Map.of("DUPLICATE:txn_1", twice), World.NOW))
                .isEmpty();
    }

    private static ReconciliationBreak open() {
        return outcome(List.of(FEE), Map.of(), "run-1", World.NOW).news().get(0);
    }

    private static BreakRules.Outcome outcome(
            List<Difference> differences, Map<String, ReconciliationBreak> before, String run, Instant at) {
        return BreakRules.outcome(findings(differences, Set.of("txn_1")), before, run, at, HOUR);
    }

    private static Findings findings(List<Difference> differences, Set<String> judged) {
        return new Findings(differences, judged, 0, 0, 0, 0);
    }
}
