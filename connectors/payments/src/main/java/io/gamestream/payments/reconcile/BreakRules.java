package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.BreakCount;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run's findings mean for the breaks that are known. Pure. */
final class BreakRules {

    private BreakRules() {}

    /**
     * The records to write: what is open now, each with the moment that it was seen first, and what is closed by this run. A break
     * whose object was not judged stays as it is.
     *
     * @param before breaks that are open, by id
     */
    static List<ReconciliationBreak> records(
            Findings findings, Map<String, ReconciliationBreak> before, String runId, Instant at) {
        List<ReconciliationBreak> records = new ArrayList<>();
        Set<String> open = new HashSet<>();
        Map<String, Instant> since = openSince(before);
        for (Difference difference : findings.differences()) {
            open.add(difference.id());
            records.add(ReconciliationBreak.newBuilder()
                    .setBreakId(difference.id())
                    .setRunId(runId)
                    .setKind(difference.kind())
                    .setStatus(BreakStatus.OPEN)
                    .setOrderId(difference.orderId())
                    .setPspObjectId(difference.object())
                    .setPostingId(difference.postingId())
                    .setExpected(difference.expected())
                    .setActual(difference.actual())
                    .setDifferenceMinor(difference.differenceMinor())
                    .setCurrency(difference.currency())
                    .setFirstSeenAt(since.getOrDefault(difference.object(), at))
                    .setAt(at)
                    .build());
        }
        before.values().stream()
                .filter(known -> !open.contains(known.getBreakId()) && isJudged(known, findings))
                .sorted((one, other) -> one.getBreakId().compareTo(other.getBreakId()))
                .forEach(known -> records.add(ReconciliationBreak.newBuilder(known)
                        .setRunId(runId)
                        .setStatus(BreakStatus.CLOSED)
                        .setAt(at)
                        .build()));
        return records;
    }

    /** Since when each object differs, under whichever name. */
    static Map<String, Instant> openSince(Map<String, ReconciliationBreak> before) {
        Map<String, Instant> since = new HashMap<>();
        before.values().forEach(known -> {
            if (known.getPspObjectId() != null) {
                since.merge(
                        known.getPspObjectId(),
                        known.getFirstSeenAt(),
                        (one, other) -> one.isBefore(other) ? one : other);
            }
        });
        return since;
    }

    /** How many of each kind are open. */
    static List<BreakCount> counts(Findings findings) {
        Map<BreakKind, Long> counts = new EnumMap<>(BreakKind.class);
        findings.differences().forEach(difference -> counts.merge(difference.kind(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(count -> new BreakCount(count.getKey(), count.getValue()))
                .toList();
    }

    private static boolean isJudged(ReconciliationBreak known, Findings findings) {
        return known.getPspObjectId() != null && findings.judged().contains(known.getPspObjectId());
    }
}
