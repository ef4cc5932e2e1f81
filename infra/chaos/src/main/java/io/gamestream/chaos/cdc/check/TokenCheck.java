package io.gamestream.chaos.cdc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks read-your-writes: once a position has reached the token of a write, the write is in the topic. */
public final class TokenCheck {

    private final Map<Integer, TreeMap<Long, Long>> writtenAt = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long earlyByFloor;

    private TokenCheck(List<PositionRecord> positions) {
        Map<Integer, Long> latest = new HashMap<>();
        positions.forEach(position -> position.offsets().keySet().forEach(partition -> latest.put(partition, -1L)));
        for (PositionRecord position : positions) {
            latest.putAll(position.offsets());
            // Of several positions with one LSN, the first is what a reader may have waited for.
            latest.forEach((partition, offset) ->
                    writtenAt.computeIfAbsent(partition, any -> new TreeMap<>()).putIfAbsent(position.lsn(), offset));
        }
    }

    /**
     * What came out.
     *
     * @param earlyByFloor writes that would have been missed by a reader who waits for a position from before the COMMIT: why
     *     the token has to be taken after it
     */
    public record Result(List<Finding> findings, long earlyByFloor) {}

    /** Checks all rows that were streamed; deletions carry nothing to know them by. */
    public static Result check(
            List<PositionRecord> positions,
            Map<String, List<Committed>> committed,
            Map<String, List<Observed>> observed) {
        TokenCheck check = new TokenCheck(positions);
        committed.forEach((key, writes) -> check.key(key, writes, observed.getOrDefault(key, List.of())));
        return new Result(check.findings, check.earlyByFloor);
    }

    private void key(String key, List<Committed> writes, List<Observed> records) {
        Map<Long, Observed> bySeq = new HashMap<>();
        for (Observed record : records) {
            if (!record.isTombstone() && !record.isSnapshot()) {
                bySeq.putIfAbsent(record.seq(), record);
            }
        }
        for (Committed write : writes) {
            @Nullable Observed record = write.isDeletion() ? null : bySeq.get(write.seq());
            if (record == null) {
                continue;
            }
            if (write.token() != 0 && isEarly(write.token(), record)) {
                findings.add(new Finding(
                        Fault.READ_TOO_EARLY,
                        key,
                        "seq " + write.seq() + " with token " + write.token() + ", partition " + record.partition()
                                + " offset " + record.offset() + ", commit-lsn " + record.commitLsn()));
            }
            if (isEarly(write.walFloor(), record)) {
                earlyByFloor++;
            }
        }
    }

    /** Whether the first position at or above the token was written before the record. */
    private boolean isEarly(long token, Observed record) {
        @Nullable TreeMap<Long, Long> positions = writtenAt.get(record.partition());
        Map.@Nullable Entry<Long, Long> reached = positions == null ? null : positions.ceilingEntry(token);
        return reached != null && reached.getValue() < record.offset();
    }
}
