package io.gamestream.serving.testing;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import java.time.Instant;
import java.util.List;

/** What cells tell of sessions. */
public final class SessionSamples {

    /** When all of them started. */
    public static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");

    private SessionSamples() {}

    /** A session of game g-1001 in a region's only cell. */
    public static Assignment assignment(String session, String player, String region, SessionStatus status) {
        boolean onSlot = status == SessionStatus.ACTIVE || status == SessionStatus.RESUMABLE;
        return Assignment.newBuilder()
                .setSessionId(session)
                .setPlayerId(player)
                .setTicketId(session)
                .setAttempt(1)
                .setStatus(status)
                .setCellId(region + "-1")
                .setRegion(region)
                .setGameId("g-1001")
                .setGpuClass(GpuClass.STANDARD)
                .setHostId(onSlot ? "h-1" : null)
                .setRequestedAt(STARTED.toEpochMilli() - 5_000)
                .setStartedAt(onSlot ? STARTED.toEpochMilli() : 0)
                .setPosition(status == SessionStatus.QUEUED ? 3 : 0)
                .setEtaSeconds(status == SessionStatus.QUEUED ? 40 : -1)
                .build();
    }

    /** That session has ended after 90 s. */
    public static SessionEvent ended(String session, String player, String region) {
        return SessionEvent.newBuilder()
                .setKind(SessionEventKind.ENDED)
                .setSessionId(session)
                .setPlayerId(player)
                .setGameId("g-1001")
                .setGpuClass(GpuClass.STANDARD)
                .setCellId(region + "-1")
                .setRegion(region)
                .setHostId("h-1")
                .setStartedAt(STARTED)
                .setEndedAt(STARTED.plusSeconds(90))
                .setPlayedSeconds(90)
                .setPlayedMinutes(2)
                .setReason("PLAYER")
                .build();
    }

    /** Two hosts with four slots each, of which three have sessions. */
    public static CellCapacity capacity(String cell, String region) {
        return CellCapacity.newBuilder()
                .setCellId(cell)
                .setRegion(region)
                .setAt(STARTED.toEpochMilli())
                .setHosts(2)
                .setHostsReady(2)
                .setDrainableHosts(1)
                .setEtaErrorMedianPercent(12.5)
                .setClasses(List.of(ClassCapacity.newBuilder()
                        .setGpuClass(GpuClass.STANDARD)
                        .setSlots(8)
                        .setUsable(8)
                        .setFree(5)
                        .setReserve(0)
                        .setLive(3)
                        .setPlaying(2)
                        .setQueued(0)
                        .setReleasesPerMinute(4)
                        .setPriceMs(0)
                        .build()))
                .build();
    }
}
