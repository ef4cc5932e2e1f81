package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.LiveTicket;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.internal.sessions.TicketStage;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One live ticket per player. It is with one cell at a time: it goes to the next only when the one before has handed it back, so
 * that the cell's word about it is final (docs/adr/0011). Pure.
 */
public final class GateMachine {

    private final GatePolicy policy;
    private final PlacementRules placement;

    public GateMachine(GatePolicy policy) {
        this.policy = policy;
        this.placement = new PlacementRules(policy);
    }

    /**
     * Decides one input of one player.
     *
     * @param before what is known of the player; null for nothing
     */
    public GateDecision decide(@Nullable PlayerRow before, String playerId, GateInput input, GateWorld world) {
        if (input instanceof GateInput.Asked asked) {
            GateStep step = new GateStep(before, playerId, asked.command().getAt());
            asked(step, asked.command(), world);
            return step.decision();
        }
        GateInput.Told told = (GateInput.Told) input;
        GateStep step = new GateStep(before, playerId, told.at());
        told(step, told.assignment(), world);
        return step.decision();
    }

    private void asked(GateStep step, TicketCommand command, GateWorld world) {
        switch (command.getKind()) {
            case REQUEST -> request(step, command, world);
            case CANCEL -> cancel(step, command);
            case RESUME -> resume(step, command);
            case CLAIM -> PartyRules.claimed(step, command);
            case CLAIMED -> memberAgrees(step, command, world);
            case CLAIM_REFUSED -> PartyRules.refused(step, command);
            case UNCLAIM -> PartyRules.unclaimed(step, command, world);
            case UNKNOWN ->
                throw new BadSessionRecordException(
                        "kind: UNKNOWN (expected: one that this version knows), of player " + command.getPlayerId());
        }
    }

    private void request(GateStep step, TicketCommand request, GateWorld world) {
        @Nullable LiveTicket live = step.live();
        String sessionId = request.getSessionId();
        if (live != null) {
            if (!live.getSessionId().equals(sessionId)) {
                step.answer(sessionId, TicketOutcome.DUPLICATE, live.getSessionId(), null);
            }
            return;
        }
        if (step.hasEnded(sessionId)) {
            step.answer(sessionId, TicketOutcome.CANCELLED, null, "the session of this request has ended");
            return;
        }
        @Nullable Game game = request.getGameId() == null ? null : world.game(request.getGameId());
        Set<String> party = new LinkedHashSet<>(request.getParty());
        party.remove(step.playerId());
        if (game == null) {
            step.refuse(sessionId, TicketOutcome.UNKNOWN_GAME, request.getGameId());
        } else if (game.getStatus() == GameStatus.WITHDRAWN) {
            step.refuse(sessionId, TicketOutcome.GAME_WITHDRAWN, game.getTitle());
        } else if (party.size() + 1 > policy.partyMost()) {
            step.refuse(sessionId, TicketOutcome.PARTY_TOO_LARGE, "at most " + policy.partyMost() + " players");
        } else if (!PlacementRules.isServed(world.cells(), PlacementRules.gpu(request, game))) {
            step.refuse(
                    sessionId,
                    TicketOutcome.NO_SUCH_CAPACITY,
                    PlacementRules.gpu(request, game).name());
        } else {
            accept(step, request, new ArrayList<>(party), PlacementRules.gpu(request, game), world);
        }
    }

    private void accept(GateStep step, TicketCommand request, List<String> party, GpuClass gpu, GateWorld world) {
        LiveTicket live = LiveTicket.newBuilder()
                .setSessionId(request.getSessionId())
                .setTicketId(request.getSessionId())
                .setLeaderId(step.playerId())
                .setStage(party.isEmpty() ? TicketStage.PLACED : TicketStage.CLAIMING)
                .setRequest(TicketCommand.newBuilder(request).setParty(party).build())
                .setGpuClass(gpu)
                .setAttempt(0)
                .setCellId("")
                .setTried(new ArrayList<>())
                .setCancelledBy("")
                .setMissing(new ArrayList<>(party))
                .build();
        step.keep(live);
        if (party.isEmpty()) {
            place(step, live, PartyRules.members(live, step.playerId()), false, world);
        } else {
            PartyRules.claim(step, live);
        }
    }

    private void cancel(GateStep step, TicketCommand cancel) {
        @Nullable LiveTicket live = step.live();
        String sessionId = cancel.getSessionId();
        boolean byMember = cancel.getMemberId() != null;
        if (live == null || !live.getSessionId().equals(sessionId)) {
            if (!byMember) {
                step.refuse(sessionId, TicketOutcome.CANCELLED, null);
            }
            return;
        }
        switch (live.getStage()) {
            case CLAIMING -> {
                PartyRules.unclaim(step, live);
                step.refuse(sessionId, TicketOutcome.CANCELLED, null);
            }
            case CLAIMED -> {
                giveUp(step, live, cancel);
                PartyRules.giveUp(step, live, cancel);
            }
            case PLACED -> {
                giveUp(step, live, cancel);
                withdraw(step, live, cancel);
            }
            case HELD -> {
                // A member's own gate sees to that; the others play on.
                if (!byMember) {
                    giveUp(step, live, cancel);
                    withdraw(step, live, cancel);
                }
            }
        }
    }

    private static void giveUp(GateStep step, LiveTicket live, TicketCommand cancel) {
        live.setCancelledBy(Objects.requireNonNullElse(cancel.getMemberId(), step.playerId()));
        step.keep(live);
    }

    /** Of a ticket that waits, all give up together; where there are slots already, only who has asked. */
    private static void withdraw(GateStep step, LiveTicket live, TicketCommand cancel) {
        String sessionId =
                cancel.getMemberId() == null ? live.getSessionId() : PartyRules.sessionOf(live, cancel.getMemberId());
        step.withdraw(live, sessionId, reason(cancel));
    }

    private static void resume(GateStep step, TicketCommand resume) {
        @Nullable LiveTicket live = step.live();
        if (live == null || !live.getSessionId().equals(resume.getSessionId())) {
            step.answer(
                    resume.getSessionId(),
                    TicketOutcome.NOT_RESUMABLE,
                    live == null ? null : live.getSessionId(),
                    "the session has ended, or never was");
        } else if (live.getStage() == TicketStage.HELD) {
            step.resume(live);
        }
    }

    private void memberAgrees(GateStep step, TicketCommand claimed, GateWorld world) {
        @Nullable LiveTicket live = step.live();
        if (live == null || !live.getTicketId().equals(claimed.getTicketId())) {
            PartyRules.release(step, claimed);
            return;
        }
        // Not in place: what Avro has read removes nothing.
        List<String> missing = new ArrayList<>(live.getMissing());
        if (live.getStage() == TicketStage.CLAIMING && missing.remove(claimed.getMemberId())) {
            live.setMissing(missing);
            step.keep(live);
            if (missing.isEmpty()) {
                live.setStage(TicketStage.PLACED);
                place(step, live, PartyRules.members(live, step.playerId()), false, world);
            }
        }
    }

    private void told(GateStep step, Assignment told, GateWorld world) {
        @Nullable LiveTicket live = step.live();
        if (live == null || !live.getSessionId().equals(told.getSessionId())) {
            step.tellEndOf(told);
            return;
        } else if (told.getAttempt() < live.getAttempt()) {
            return;
        }
        switch (told.getStatus()) {
            case QUEUED -> {
                if (live.getStage() == TicketStage.CLAIMED) {
                    locate(step, live, told, TicketStage.CLAIMED);
                }
            }
            case GRANTED, STARTING, ACTIVE, RESUMABLE -> {
                boolean first = live.getStage() != TicketStage.HELD;
                if (first && !live.getCancelledBy().equals(step.playerId())) {
                    live.setCancelledBy("");
                }
                locate(step, live, told, TicketStage.HELD);
                if (first
                        && !live.getCancelledBy().isEmpty()
                        && !live.getLeaderId().equals(step.playerId())) {
                    // The leader's gate could not withdraw it: it was granted before.
                    step.withdraw(live, live.getSessionId(), "PLAYER");
                }
            }
            case HANDED_BACK -> handedBack(step, live, told, world);
            case ENDED -> step.end(told.getSessionId());
            case UNKNOWN ->
                throw new BadSessionRecordException(
                        "status: UNKNOWN (expected: one that this version knows), of session " + told.getSessionId());
        }
    }

    private static void locate(GateStep step, LiveTicket live, Assignment told, TicketStage stage) {
        boolean same = live.getStage() == stage
                && live.getCellId().equals(told.getCellId())
                && live.getAttempt() == told.getAttempt();
        if (!same) {
            live.setStage(stage);
            live.setCellId(told.getCellId());
            live.setAttempt(told.getAttempt());
            step.keep(live);
        }
    }

    private void handedBack(GateStep step, LiveTicket live, Assignment told, GateWorld world) {
        boolean held = live.getStage() == TicketStage.HELD;
        boolean leads = live.getLeaderId().equals(step.playerId());
        if (!held && !leads) {
            // Its leader's gate places it anew, or lets it go.
            locate(step, live, told, live.getStage());
            return;
        }
        step.promised(told.getFirstEtaMs(), told.getFirstEtaAt());
        boolean cancelled = !live.getCancelledBy().isEmpty();
        if (cancelled && !held) {
            PartyRules.unclaim(step, live);
            step.refuse(live.getSessionId(), TicketOutcome.CANCELLED, null);
            step.endBetweenCells(told);
            return;
        }
        if (!"NOTHING_FREE".equals(told.getReason())) {
            live.setTried(new ArrayList<>());
        }
        if (held) {
            // Of a party, each plays on alone.
            live.setTicketId(live.getSessionId());
            place(step, live, List.of(moved(step, told)), true, world);
            if (cancelled) {
                // A session that was played has to be ended by a cell, which tells how long.
                step.withdraw(live, live.getSessionId(), "PLAYER");
            }
        } else {
            place(step, live, PartyRules.members(live, step.playerId()), false, world);
        }
    }

    private void place(GateStep step, LiveTicket live, List<Member> members, boolean recovery, GateWorld world) {
        if (!placement.place(step, live, world, members, recovery)) {
            PartyRules.unclaim(step, live);
            step.refuse(
                    live.getSessionId(),
                    TicketOutcome.NO_SUCH_CAPACITY,
                    live.getGpuClass().name());
        }
    }

    private static Member moved(GateStep step, Assignment told) {
        return Member.newBuilder()
                .setPlayerId(step.playerId())
                .setSessionId(told.getSessionId())
                .setStartedAt(told.getStartedAt())
                .setPlayedMs(told.getPlayedMs())
                .setMoves(told.getMoves())
                .build();
    }

    private static String reason(TicketCommand cancel) {
        return Objects.requireNonNullElse(cancel.getReason(), "PLAYER");
    }
}
