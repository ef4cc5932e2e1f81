package io.gamestream.router;

import io.gamestream.schemas.sessions.HostReport;
import io.gamestream.schemas.sessions.HostSignal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Heartbeats that were taken while Kafka was away: of each host the newest one, until Kafka has it. */
final class KeptBeats {

    /** More than the hosts of any region; a sender that makes up ids must not fill the heap. */
    static final int MOST = 20_000;

    /** Less than a producer's buffer holds. */
    private static final int MOST_AT_ONCE = 1_000;

    /**
     * Five beats. Of a host that has been silent for longer its last word is no sign of life: a cell that has given it up would
     * grant on it again.
     */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<String, HostSignal> newest = new ConcurrentHashMap<>();
    private final BiFunction<String, HostSignal, CompletableFuture<Void>> kafka;

    /** @param kafka sends what a host has said; completes when Kafka has it */
    KeptBeats(BiFunction<String, HostSignal, CompletableFuture<Void>> kafka) {
        this.kafka = kafka;
    }

    void keep(HostSignal beat) {
        if (newest.size() < MOST || newest.containsKey(beat.getHostId())) {
            newest.merge(beat.getHostId(), beat, KeptBeats::newer);
        }
    }

    /** Kafka has a later one. */
    void drop(String hostId) {
        newest.remove(hostId);
    }

    /** Kafka takes records: what is kept is sent, as much as is good at once. What fails is kept again. */
    void send() {
        for (HostSignal beat : newest.values().stream().limit(MOST_AT_ONCE).toList()) {
            if (newest.remove(beat.getHostId(), beat)) {
                var unused = kafka.apply(beat.getHostId(), beat).whenComplete((sent, e) -> {
                    if (e != null) {
                        keep(beat);
                    }
                });
            }
        }
    }

    /** So there are never more than hosts that were heard just before. */
    void forgetOld(long now) {
        newest.values().removeIf(beat -> now - beat.getAt() > LONGEST.toMillis());
    }

    int size() {
        return newest.size();
    }

    /** Of one boot the later number; of two boots the one that was said last. */
    private static HostSignal newer(HostSignal kept, HostSignal beat) {
        HostReport before = report(kept);
        HostReport now = report(beat);
        boolean later = before.getBootId().equals(now.getBootId())
                ? now.getSeq() >= before.getSeq()
                : beat.getAt() >= kept.getAt();
        return later ? beat : kept;
    }

    private static HostReport report(HostSignal beat) {
        return Objects.requireNonNull(beat.getReport());
    }
}
