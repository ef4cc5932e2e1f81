package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.Hold;
import io.gamestream.schemas.internal.sessions.SessionRow;
import io.gamestream.schemas.internal.sessions.SlotRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.Resume;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.Withdraw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets that come, wait, and leave. Pure. */
final class TicketRules {

    /** A ticket that was withdrawn before it came: whichever attempt comes is too late, and answered. */
    private static final int EVERY_ATTEMPT = Integer.MAX_VALUE;

    private TicketRules() {}

    static void place(CellStep step, Place place) {
        @Nullable TicketRow known = step.tickets().find(place.getTicketId());
        if (known != null && (known.getWaits() || place.getAttempt() <= known.getAttempt())) {
            if (known.getAttempt() == EVERY_ATTEMPT) {
                sessions(place).forEach(session -> step.telling()
                        .ended(null, session, place.getGpuClass(), "WITHDRAWN", step.at()));
                // Answered once: where it comes again, it is one that has left.
                close(step, place.getTicketId(), place.getAttempt());
            }
            return;
        }
        if (place.getMembers().stream().anyMatch(member -> isHere(step, member))) {
            return;
        }
        TicketRow ticket = ticket(step, place);
        add(step, ticket);
        QueueRules.serve(step, ticket.getGpuClass());
        if (step.tickets().waitingFor(ticket.getSessions().get(0).getSessionId()) == null) {
            return;
        }
        if (place.getMayQueue()) {
            tellFirst(step, ticket, null);
        } else {
            handBack(step, ticket, "NOTHING_FREE");
        }
    }

    static void withdraw(CellStep step, Withdraw withdraw) {
        @Nullable TicketRow waits = step.tickets().waitingFor(withdraw.getSessionId());
        HostIndex.@Nullable Place place = step.hosts().session(withdraw.getSessionId());
        if (waits != null) {
            waits.getSessions().forEach(session -> step.telling()
                    .ended(null, session, waits.getGpuClass(), withdraw.getReason(), step.at()));
            close(step, waits.getTicketId(), waits.getAttempt());
            step.awake().add(waits.getGpuClass());
        } else if (place != null) {
            SlotRules.signal(step, place.host(), place.slot(), SlotSignal.RELEASE, withdraw.getReason());
        } else if (step.tickets().find(withdraw.getTicketId()) == null) {
            close(step, withdraw.getTicketId(), EVERY_ATTEMPT);
        }
    }

    /** The player gets the time of a start to connect again, where so much is left of all resume windows, and is told where. */
    static void resume(CellStep step, Resume resume) {
        HostIndex.@Nullable Place place = step.hosts().session(resume.getSessionId());
        if (place == null) {
            return;
        }
        SlotRow slot = place.host().slot(place.slot());
        if (slot.getState() == SlotState.GRACE) {
            step.hosts()
                    .setSlotDeadline(
                            place.host(),
                            place.slot(),
                            Math.max(slot.getDeadline(), GraceRules.comingUntil(step, slot.getSession())));
            step.decision().changed(place.host());
        }
        step.telling()
                .onSlot(
                        place.host(),
                        place.slot(),
                        slot.getSession(),
                        SlotRules.status(slot.getState()),
                        Duration.ofMillis(slot.getDeadline() - step.cell().clock()));
    }

    /**
     * Its slot has failed the session: it comes first, under its own id.
     *
     * @param hold where it may still run
     */
    static void requeue(CellStep step, SessionRow session, GpuClass gpu, String reason, @Nullable Hold hold) {
        TicketRow ticket = row(
                session.getSessionId(),
                session.getAttempt(),
                List.of(session),
                gpu,
                session.getRequestedAt(),
                true,
                step.cell().clock(),
                hold == null ? step.in(step.policy().recoveryPatience()) : 0);
        ticket.setHold(hold);
        add(step, ticket);
        step.awake().add(gpu);
        tellFirst(step, ticket, reason);
    }

    /** It is nobody's here any more: the gate places it elsewhere. */
    static void handBack(CellStep step, TicketRow ticket, String reason) {
        step.telling().handedBack(ticket, reason);
        close(step, ticket.getTicketId(), ticket.getAttempt());
    }

    /** It leaves; for a while, a repeated place of it changes nothing. */
    static void close(CellStep step, String ticketId, int attempt) {
        TicketRow memory = row(
                ticketId,
                attempt,
                List.of(),
                GpuClass.STANDARD,
                0,
                false,
                step.cell().clock(),
                0);
        memory.setWaits(false);
        memory.setForgetAt(step.in(step.policy().remember()));
        add(step, memory);
    }

    /** All positions and ETAs that are told are told here. */
    static void tell(CellStep step, TicketRow ticket, long position, @Nullable String reason) {
        long eta = EtaRules.etaMs(step.cell().row(), ticket.getGpuClass(), position);
        if (ticket.getFirstEtaMs() < 0 && eta >= 0) {
            ticket.setFirstEtaMs(eta);
            ticket.setFirstEtaAt(step.at());
        }
        ticket.setToldAt(step.cell().clock());
        ticket.setToldPosition(position);
        step.decision().changed(ticket);
        step.telling().queued(ticket, position, eta, reason);
    }

    private static void tellFirst(CellStep step, TicketRow ticket, @Nullable String reason) {
        tell(step, ticket, step.tickets().position(ticket), reason);
    }

    private static boolean isHere(CellStep step, Member member) {
        return step.hosts().session(member.getSessionId()) != null
                || step.tickets().waitingFor(member.getSessionId()) != null;
    }

    static void add(CellStep step, TicketRow ticket) {
        step.tickets().add(ticket);
        step.decision().changed(ticket);
    }

    private static TicketRow ticket(CellStep step, Place place) {
        long headStart = step.policy().headStart(place.getTier()).toMillis();
        TicketRow ticket = row(
                place.getTicketId(),
                place.getAttempt(),
                sessions(place),
                place.getGpuClass(),
                place.getRequestedAt() - headStart,
                place.getRecovery(),
                step.cell().clock(),
                place.getPatienceMs() == 0 ? 0 : step.cell().clock() + place.getPatienceMs());
        ticket.setFirstEtaMs(place.getFirstEtaMs());
        ticket.setFirstEtaAt(place.getFirstEtaAt());
        return ticket;
    }

    private static List<SessionRow> sessions(Place place) {
        List<SessionRow> sessions = new ArrayList<>(place.getMembers().size());
        for (Member member : place.getMembers()) {
            sessions.add(SessionRow.newBuilder()
                    .setSessionId(member.getSessionId())
                    .setPlayerId(member.getPlayerId())
                    .setTicketId(place.getTicketId())
                    .setAttempt(place.getAttempt())
                    .setGameId(place.getGameId())
                    .setTier(place.getTier())
                    .setHome(place.getHome())
                    .setRttMs(place.getRttMs())
                    .setRequestedAt(place.getRequestedAt())
                    .setStartedAt(member.getStartedAt())
                    .setConnectedSince(0)
                    .setPlayedMs(member.getPlayedMs())
                    .setMoves(member.getMoves())
                    .setGraceMs(0)
                    .setGraceSince(-1)
                    .build());
        }
        return sessions;
    }

    private static TicketRow row(
            String ticketId,
            int attempt,
            List<SessionRow> sessions,
            GpuClass gpu,
            long virtualStart,
            boolean recovery,
            long clock,
            long patientUntil) {
        return TicketRow.newBuilder()
                .setTicketId(ticketId)
                .setAttempt(attempt)
                .setWaits(true)
                .setForgetAt(0)
                .setSessions(sessions)
                .setGpuClass(gpu)
                .setVirtualStart(virtualStart)
                .setRecovery(recovery)
                .setQueuedAt(clock)
                .setPatientUntil(patientUntil)
                .setFirstEtaMs(-1)
                .setFirstEtaAt(0)
                .setToldAt(clock)
                .setToldPosition(0)
                .setHold(null)
                .build();
    }
}
