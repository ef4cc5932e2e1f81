package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Words the assignments and session events of a cell. Pure. */
final class Telling {

    private final Cell cell;
    private final CellDecision decision;

    Telling(Cell cell, CellDecision decision) {
        this.cell = cell;
        this.decision = decision;
    }

    /** Its session is on a slot. */
    void onSlot(CellHost host, int slot, SessionRow session, SessionStatus status, Duration validFor) {
        HostRow row = host.row();
        decision.add(base(session, status, row.getGpuClass())
                .setHostId(row.getHostId())
                .setHostAddress(row.getAddress())
                .setBootId(row.getBootId())
                .setSlot(slot)
                .setToken(host.slot(slot).getToken())
                .setValidForMs(validFor.toMillis())
                .build());
    }

    /** Its session has ended. */
    void ended(@Nullable CellHost host, SessionRow session, GpuClass gpu, String reason, long at) {
        Assignment.Builder told = base(session, SessionStatus.ENDED, gpu).setReason(reason);
        if (host != null) {
            told.setHostId(host.id())
                    .setHostAddress(host.row().getAddress())
                    .setBootId(host.row().getBootId());
        }
        decision.add(told.build());
        if (session.getStartedAt() > 0) {
            decision.add(event(session, SessionEventKind.ENDED, gpu, host == null ? "" : host.id())
                    .setEndedAt(Instant.ofEpochMilli(Math.max(at, session.getStartedAt())))
                    .setPlayedSeconds(session.getPlayedMs() / 1_000)
                    .setPlayedMinutes((session.getPlayedMs() + 59_999) / 60_000)
                    .setMoves(session.getMoves())
                    .setReason(reason)
                    .build());
        }
    }

    void started(CellHost host, SessionRow session) {
        decision.add(event(session, SessionEventKind.STARTED, host.row().getGpuClass(), host.id())
                .build());
    }

    /** All of its players wait. */
    void queued(TicketRow ticket, long position, long etaMs, @Nullable String reason) {
        for (SessionRow session : ticket.getSessions()) {
            decision.add(base(session, SessionStatus.QUEUED, ticket.getGpuClass())
                    .setPosition(position)
                    .setEtaSeconds(etaMs < 0 ? -1 : (etaMs + 999) / 1_000)
                    .setRecovering(ticket.getRecovery())
                    .setReason(reason)
                    .build());
        }
    }

    /** The gate is to place them elsewhere; what they were promised goes with them. */
    void handedBack(TicketRow ticket, String reason) {
        for (SessionRow session : ticket.getSessions()) {
            decision.add(base(session, SessionStatus.HANDED_BACK, ticket.getGpuClass())
                    .setRecovering(ticket.getRecovery())
                    .setFirstEtaMs(ticket.getFirstEtaMs())
                    .setFirstEtaAt(ticket.getFirstEtaAt())
                    .setReason(reason)
                    .build());
        }
    }

    private Assignment.Builder base(SessionRow session, SessionStatus status, GpuClass gpu) {
        return Assignment.newBuilder()
                .setPlayerId(session.getPlayerId())
                .setSessionId(session.getSessionId())
                .setTicketId(session.getTicketId())
                .setAttempt(session.getAttempt())
                .setStatus(status)
                .setCellId(cell.id())
                .setRegion(cell.region())
                .setGameId(session.getGameId())
                .setGpuClass(gpu)
                .setTier(session.getTier())
                .setRequestedAt(session.getRequestedAt())
                .setStartedAt(session.getStartedAt())
                .setPlayedMs(session.getPlayedMs())
                .setMoves(session.getMoves());
    }

    private SessionEvent.Builder event(SessionRow session, SessionEventKind kind, GpuClass gpu, String hostId) {
        return SessionEvent.newBuilder()
                .setKind(kind)
                .setSessionId(session.getSessionId())
                .setPlayerId(session.getPlayerId())
                .setGameId(session.getGameId())
                .setGpuClass(gpu)
                .setCellId(cell.id())
                .setRegion(cell.region())
                .setHostId(hostId)
                .setStartedAt(Instant.ofEpochMilli(session.getStartedAt()));
    }
}
