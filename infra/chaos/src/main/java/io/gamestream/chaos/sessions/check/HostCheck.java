package io.gamestream.chaos.sessions.check;

import io.gamestream.local.sessions.HostFact;
import io.gamestream.schemas.sessions.SlotEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** D2, D5, D12: what hosts truly ran, beside what the log says of it. Pure. */
final class HostCheck {

    /**
     * A session on a slot of a host, from when it was taken until it was stopped.
     *
     * @param to {@link Long#MAX_VALUE} for one that was never stopped
     */
    record Stream(String slot, long token, String sessionId, String playerId, long from, long to) {

        boolean runsAt(long at) {
            return from <= at && at < to;
        }
    }

    private final Evidence evidence;
    private final Findings findings;
    private final List<Stream> streams = new ArrayList<>();
    private final Map<String, Stream> open = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, SlotEvent> releases = new HashMap<>();
    private final long leaseMs;

    private HostCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.leaseMs = evidence.lease.plus(evidence.slack).toMillis();
        evidence.slotEvents.values().forEach(events -> events.stream()
                .filter(event -> SlotCheck.LIVE.contains(event.getFrom()) && !SlotCheck.LIVE.contains(event.getTo()))
                .forEach(event -> releases.put(place(slot(event), event.getToken()), event)));
    }

    static void check(Evidence evidence, Findings findings) {
        HostCheck check = new HostCheck(evidence, findings);
        evidence.hosts.forEach(check::fact);
        check.streams.addAll(check.open.values());
        check.givenUp();
        check.players();
    }

    private void fact(HostFact fact) {
        String slot = Evidence.slot(fact.hostId(), fact.slot());
        switch (fact.kind()) {
            case BOOTED, ACKNOWLEDGED -> acknowledged.merge(fact.hostId(), fact.at(), Math::max);
            case DIED ->
                List.copyOf(open.values()).stream()
                        .filter(stream -> stream.slot().startsWith(fact.hostId() + "#"))
                        .forEach(stream -> stop(stream, fact.at(), false));
            case TAKEN -> take(slot, fact);
            case STREAMS, WAITS -> {
                Stream stream = open.get(slot);
                if (stream == null || stream.token() != fact.token()) {
                    findings.add(Gate.D2, slot, "streams " + fact.sessionId() + ", which it hasn't taken");
                }
            }
            case STOPPED -> {
                Stream stream = open.get(slot);
                if (stream != null && stream.token() == fact.token()) {
                    stop(stream, fact.at(), true);
                }
            }
        }
    }

    private void take(String slot, HostFact fact) {
        Stream before = open.get(slot);
        if (before != null) {
            findings.add(Gate.D2, slot, "takes " + fact.sessionId() + " while it runs " + before.sessionId());
        }
        long highest = tokens.getOrDefault(slot, 0L);
        if (fact.token() <= highest) {
            findings.add(Gate.D2, slot, "takes token " + fact.token() + " after " + highest);
        }
        tokens.merge(slot, fact.token(), Math::max);
        open.put(slot, new Stream(slot, fact.token(), fact.sessionId(), fact.playerId(), fact.at(), Long.MAX_VALUE));
    }

    /** @param byItself not by dying, which nobody has to be told of */
    private void stop(Stream stream, long at, boolean byItself) {
        open.remove(stream.slot());
        streams.add(
                new Stream(stream.slot(), stream.token(), stream.sessionId(), stream.playerId(), stream.from(), at));
        String host = stream.slot().substring(0, stream.slot().lastIndexOf('#'));
        long silent = at - acknowledged.getOrDefault(host, stream.from());
        if (byItself && silent > leaseMs) {
            findings.add(
                    Gate.D12,
                    stream.slot(),
                    "ran " + stream.sessionId() + " for " + silent + " ms without an acknowledgement");
        }
    }

    /** What the log has taken off a slot, and when that was seen. */
    private void givenUp() {
        for (Stream stream : streams) {
            @Nullable SlotEvent release = releases.get(place(stream.slot(), stream.token()));
            @Nullable Long seen = release == null ? null : evidence.seen.get(Evidence.id(release));
            if (release == null || seen == null) {
                continue;
            }
            if (release.getCause().equals("LOST") && stream.runsAt(seen)) {
                findings.add(
                        Gate.D2,
                        stream.slot(),
                        "was given up, and runs " + stream.sessionId() + " for "
                                + (stream.to() == Long.MAX_VALUE ? "ever" : stream.to() - seen + " ms more"));
            }
            if (stream.to() > Math.max(seen, stream.from()) + leaseMs) {
                findings.add(
                        Gate.D12,
                        stream.slot(),
                        "runs " + stream.sessionId() + " though the log had ended that (" + release.getCause() + ") "
                                + (stream.to() == Long.MAX_VALUE ? "for ever" : stream.to() - seen + " ms before"));
            }
        }
    }

    /**
     * Of one player, what runs twice at once: never the same session, which is moved when it has stopped; of two, the first may
     * still be stopping when it was given up before the second was taken.
     */
    private void players() {
        Map<String, List<Stream>> byPlayer = new HashMap<>();
        streams.forEach(stream -> byPlayer.computeIfAbsent(stream.playerId(), id -> new ArrayList<>())
                .add(stream));
        byPlayer.forEach((player, all) -> {
            for (Stream second : all) {
                for (Stream first : all) {
                    boolean both = first.from() < second.from() && first.runsAt(second.from());
                    boolean moved = first.sessionId().equals(second.sessionId());
                    if (both && (moved || releasedAt(first) > second.from() + evidence.slack.toMillis())) {
                        findings.add(
                                Gate.D5,
                                player,
                                "runs " + first.sessionId() + " on " + first.slot() + " and " + second.sessionId()
                                        + " on " + second.slot() + " at once");
                    }
                }
            }
        });
    }

    /** When the log was seen to have ended it there. */
    private long releasedAt(Stream stream) {
        @Nullable SlotEvent release = releases.get(place(stream.slot(), stream.token()));
        return release == null ? Long.MAX_VALUE : evidence.seen.getOrDefault(Evidence.id(release), 0L);
    }

    private static String slot(SlotEvent event) {
        return Evidence.slot(event.getHostId(), event.getSlot());
    }

    private static String place(String slot, long token) {
        return slot + " " + token;
    }
}
