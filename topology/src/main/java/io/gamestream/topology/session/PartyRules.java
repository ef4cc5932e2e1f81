package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.LiveTicket;
import io.gamestream.schemas.internal.sessions.TicketStage;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a leader's ticket comes to speak for others: each member's own gate promises it, or not. Pure. */
final class PartyRules {

    private PartyRules() {}

    /** Who plays, the leader first. */
    static List<Member> members(LiveTicket live, String leaderId) {
        List<Member> members = new ArrayList<>();
        members.add(member(leaderId, live.getSessionId()));
        for (String memberId : party(live)) {
            members.add(member(memberId, sessionOf(live, memberId)));
        }
        return members;
    }

    /** Asks every member. */
    static void claim(GateStep step, LiveTicket live) {
        TicketCommand request = Objects.requireNonNull(live.getRequest());
        for (String memberId : party(live)) {
            step.toPlayer(TicketCommand.newBuilder(request)
                    .setKind(TicketCommandKind.CLAIM)
                    .setPlayerId(memberId)
                    .setSessionId(sessionOf(live, memberId))
                    .setGpuClass(live.getGpuClass())
                    .setParty(List.of())
                    .setLeaderId(step.playerId())
                    .setTicketId(live.getTicketId())
                    .build());
        }
    }

    /** Lets the members go whom the ticket was promised. */
    static void unclaim(GateStep step, LiveTicket live) {
        for (String memberId : party(live)) {
            step.toPlayer(
                    command(step, TicketCommandKind.UNCLAIM, memberId, sessionOf(live, memberId), live.getTicketId())
                            .setLeaderId(step.playerId())
                            .build());
        }
    }

    /** A leader asks; the member's own session, if it has one, comes first. */
    static void claimed(GateStep step, TicketCommand claim) {
        @Nullable LiveTicket live = step.live();
        String ticketId = Objects.requireNonNull(claim.getTicketId());
        boolean promised = live == null && !step.hasEnded(claim.getSessionId());
        if (promised) {
            step.keep(LiveTicket.newBuilder()
                    .setSessionId(claim.getSessionId())
                    .setTicketId(ticketId)
                    .setLeaderId(Objects.requireNonNull(claim.getLeaderId()))
                    .setStage(TicketStage.CLAIMED)
                    .setRequest(claim)
                    .setGpuClass(Objects.requireNonNull(claim.getGpuClass()))
                    .setAttempt(0)
                    .setCellId("")
                    .setTried(new ArrayList<>())
                    .setCancelledBy("")
                    .setMissing(new ArrayList<>())
                    .build());
        }
        boolean agreed = promised || (live != null && live.getSessionId().equals(claim.getSessionId()));
        step.toPlayer(command(
                        step,
                        agreed ? TicketCommandKind.CLAIMED : TicketCommandKind.CLAIM_REFUSED,
                        Objects.requireNonNull(claim.getLeaderId()),
                        claim.getSessionId(),
                        ticketId)
                .setMemberId(step.playerId())
                .build());
    }

    /** The leader's ticket came to nothing. */
    static void unclaimed(GateStep step, TicketCommand unclaim, GateWorld world) {
        @Nullable LiveTicket live = step.live();
        if (live != null && live.getSessionId().equals(unclaim.getSessionId())) {
            step.refuse(live.getSessionId(), TicketOutcome.CANCELLED, "the party was not placed");
            if (!live.getCellId().isEmpty()) {
                step.endBetweenCells(waited(step, live, world));
            }
        }
    }

    /** A cell had it in line before. */
    private static Assignment waited(GateStep step, LiveTicket live, GateWorld world) {
        TicketCommand claim = Objects.requireNonNull(live.getRequest());
        String region = world.cells().stream()
                .filter(cell -> cell.getCellId().equals(live.getCellId()))
                .map(CellCapacity::getRegion)
                .findFirst()
                .orElse("");
        return Assignment.newBuilder()
                .setPlayerId(step.playerId())
                .setSessionId(live.getSessionId())
                .setTicketId(live.getTicketId())
                .setAttempt(live.getAttempt())
                .setStatus(SessionStatus.HANDED_BACK)
                .setCellId(live.getCellId())
                .setRegion(region)
                .setGameId(Objects.requireNonNull(claim.getGameId()))
                .setGpuClass(live.getGpuClass())
                .setTier(claim.getTier())
                .setRequestedAt(claim.getAt())
                .build();
    }

    /** A member that isn't needed any more: the ticket has ended before it answered. */
    static void release(GateStep step, TicketCommand claimed) {
        step.toPlayer(command(
                        step,
                        TicketCommandKind.UNCLAIM,
                        Objects.requireNonNull(claimed.getMemberId()),
                        claimed.getSessionId(),
                        Objects.requireNonNull(claimed.getTicketId()))
                .setLeaderId(step.playerId())
                .build());
    }

    /** A member gives up before there is a slot: its leader has the ticket. */
    static void giveUp(GateStep step, LiveTicket live, TicketCommand cancel) {
        step.toPlayer(
                command(step, TicketCommandKind.CANCEL, live.getLeaderId(), live.getTicketId(), live.getTicketId())
                        .setMemberId(step.playerId())
                        .setReason(cancel.getReason())
                        .build());
    }

    /** A member plays already, or waits: the ticket comes to nothing. */
    static void refused(GateStep step, TicketCommand refused) {
        @Nullable LiveTicket live = step.live();
        if (live != null
                && live.getStage() == TicketStage.CLAIMING
                && live.getTicketId().equals(refused.getTicketId())) {
            unclaim(step, live);
            step.refuse(live.getSessionId(), TicketOutcome.PARTY_MEMBER_BUSY, refused.getMemberId());
        }
    }

    static List<String> party(LiveTicket live) {
        return live.getRequest() == null ? List.of() : live.getRequest().getParty();
    }

    static String sessionOf(LiveTicket live, String memberId) {
        return live.getSessionId() + "." + (party(live).indexOf(memberId) + 1);
    }

    private static Member member(String playerId, String sessionId) {
        return Member.newBuilder().setPlayerId(playerId).setSessionId(sessionId).build();
    }

    private static TicketCommand.Builder command(
            GateStep step, TicketCommandKind kind, String playerId, String sessionId, String ticketId) {
        return TicketCommand.newBuilder()
                .setKind(kind)
                .setPlayerId(playerId)
                .setSessionId(sessionId)
                .setAt(step.at())
                .setTicketId(ticketId);
    }
}
