package io.gamestream.payments.reconcile;

import io.gamestream.schemas.payments.BreakCount;
import io.gamestream.schemas.payments.BreakKind;
import io.gamestream.schemas.payments.BreakStatus;
import io.gamestream.schemas.payments.ReconciliationBreak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run's findings mean for the breaks that are known. Pure. */
final class BreakRules {

    private BreakRules() {}

    /**
     * What a run leaves behind.
     *
     * @param open differences that it has found
     * @param news records to write: what is open and new, changed or to be told again, and what is closed by this run
     */
    record Outcome(List<ReconciliationBreak> open, List<ReconciliationBreak> news) {}

    /**
     * What is open now, each with the moment that it was seen first, and what is closed by this run. A break whose object was
     * not judged stays as it is.
     *
     * <p>Each record makes the saga read the PSP. One that is already there does so again only as long after the last one as
     * that came after the first sight, and not before {@code again}: after an hour, two, four, eight. The first read may have
     * come too early, or have found the PSP away for longer than it is tried; the hundredth won't find what nine didn't.
     *
     * @param before breaks that are open, by id
     */
    static Outcome outcome(
            Findings findings, Map<String, ReconciliationBreak> before, String runId, Instant at, Duration again) {
        List<ReconciliationBreak> open = new ArrayList<>();
        List<ReconciliationBreak> news = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, Instant> since = openSince(before);
        for (Difference difference : findings.differences()) {
            ids.add(difference.id());
            ReconciliationBreak now = record(difference, runId, since.getOrDefault(difference.object(), at), at);
            open.add(now);
            @Nullable ReconciliationBreak known = before.get(difference.id());
            if (known == null || !isSame(known, now) || isDue(known, at, again)) {
                news.add(now);
            }
        }
        before.values().stream()
                .filter(known -> !ids.contains(known.getBreakId()) && isJudged(known, findings))
                .sorted(Comparator.comparing(ReconciliationBreak::getBreakId))
                .forEach(known -> news.add(ReconciliationBreak.newBuilder(known)
                        .setRunId(runId)
                        .setStatus(BreakStatus.CLOSED)
                        .setAt(at)
                        .build()));
        return new Outcome(List.copyOf(open), List.copyOf(news));
    }

    private static ReconciliationBreak record(Difference difference, String runId, Instant since, Instant at) {
        return ReconciliationBreak.newBuilder()
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
                .setFirstSeenAt(since)
                .setAt(at)
                .build();
    }

    private static boolean isSame(ReconciliationBreak known, ReconciliationBreak now) {
        return ReconciliationBreak.newBuilder(known)
                .setRunId(now.getRunId())
                .setAt(now.getAt())
                .build()
                .equals(now);
    }

    private static boolean isDue(ReconciliationBreak known, Instant at, Duration again) {
        Duration age = Duration.between(known.getFirstSeenAt(), known.getAt());
        Duration wait = age.compareTo(again) > 0 ? age : again;
        return !at.isBefore(known.getAt().plus(wait));
    }

    /**
     * Objects that are judged again wherever the window is, and since when they have differed. What was charged or posted twice
     * stays so, and isn't among them.
     *
     * @param notBefore what was seen first before it is left alone
     */
    static Map<String, Instant> recheck(Map<String, ReconciliationBreak> before, Instant notBefore) {
        Map<String, ReconciliationBreak> young = new HashMap<>(before);
        young.values()
                .removeIf(known -> known.getKind() == BreakKind.DUPLICATE
                        || known.getFirstSeenAt().isBefore(notBefore));
        return openSince(young);
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
