package io.gamestream.chaos.sessions.check;

import io.gamestream.local.sessions.HostFact;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** D3, D8, D11, D15: how it all ends, and what was said on the way. Pure. */
final class EndCheck {

    private final Evidence evidence;
    private final Findings findings;

    private EndCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void check(Evidence evidence, Findings findings) {
        EndCheck check = new EndCheck(evidence, findings);
        check.leaks();
        evidence.capacities.forEach(check::capacity);
        check.outages();
        check.letters();
    }

    private void leaks() {
        evidence.slotEvents.forEach((slot, events) -> {
            SlotEvent last = events.get(events.size() - 1);
            if (last.getTo() != SlotState.FREE && last.getTo() != SlotState.UNKNOWN) {
                findings.add(Gate.D3, slot, "is " + last.getTo() + " in the end, of session " + last.getSessionId());
            }
        });
        Map<String, String> runs = new TreeMap<>();
        for (HostFact fact : evidence.hosts) {
            String slot = Evidence.slot(fact.hostId(), fact.slot());
            switch (fact.kind()) {
                case TAKEN -> runs.put(slot, fact.sessionId());
                case STOPPED -> runs.remove(slot);
                case DIED -> runs.keySet().removeIf(one -> one.startsWith(fact.hostId() + "#"));
                case BOOTED, ACKNOWLEDGED, STREAMS, WAITS -> {
                    // Nothing is taken or left.
                }
            }
        }
        runs.forEach((slot, session) -> findings.add(Gate.D3, slot, "still runs " + session + " in the end"));
        evidence.stillBusy.forEach(what -> findings.add(Gate.D3, what, "did not come to rest"));
    }

    private void capacity(CellCapacity capacity) {
        if (capacity.getHalted() != null) {
            findings.add(Gate.D8, capacity.getCellId(), "has stopped granting: " + capacity.getHalted());
        }
        for (ClassCapacity one : capacity.getClasses()) {
            boolean adds = one.getFree() >= 0
                    && one.getFree() <= one.getUsable()
                    && one.getUsable() <= one.getSlots()
                    && one.getLive() >= 0
                    && one.getLive() + one.getFree() <= one.getSlots()
                    && one.getPlaying() <= one.getLive();
            if (!adds) {
                findings.add(Gate.D8, capacity.getCellId(), "does not add up: " + one);
            }
        }
    }

    private void outages() {
        evidence.outages.stream()
                .filter(outage -> outage.gap().compareTo(outage.bound()) > 0)
                .forEach(outage -> findings.add(
                        Gate.D11,
                        outage.what(),
                        "nothing was granted for " + outage.gap().toMillis() + " ms (expected: at most "
                                + outage.bound().toMillis() + ")"));
    }

    private void letters() {
        Set<String> found = new HashSet<>(evidence.deadLetters);
        evidence.poison.stream()
                .filter(key -> !found.contains(key))
                .sorted()
                .forEach(key -> findings.add(Gate.D15, key, "is poison, and no dead letter"));
        List<String> others = found.stream()
                .filter(key -> !evidence.poison.contains(key))
                .sorted()
                .toList();
        others.forEach(key -> findings.add(Gate.D15, key, "is a dead letter, and was no poison"));
    }
}
