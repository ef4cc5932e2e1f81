package io.gamestream.topology.session;

import io.gamestream.schemas.internal.sessions.LiveTicket;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.Resume;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketAnswer;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketOutcome;
import io.gamestream.schemas.sessions.Withdraw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One input being decided for one player: the row, and what is to be said. */
final class GateStep {

    private static final int KEPT_SESSIONS = 16;

    private final PlayerRow row;
    private final long at;
    private final List<TicketAnswer> answers = new ArrayList<>();
    private final List<CellRecord> cells = new ArrayList<>();
    private final List<TicketCommand> commands = new ArrayList<>();
    private final List<Assignment> ends = new ArrayList<>();
    private boolean changed;
    private long firstEtaMs = -1;
    private long firstEtaAt;

    GateStep(@Nullable PlayerRow before, String playerId, long at) {
        this.row = before == null
                ? PlayerRow.newBuilder()
                        .setPlayerId(playerId)
                        .setLive(null)
                        .setRecent(new ArrayList<>())
                        .setChangedAt(at)
                        .build()
                : PlayerRow.newBuilder(before).build();
        this.at = at;
    }

    GateDecision decision() {
        return new GateDecision(
                changed ? row : null,
                List.copyOf(answers),
                List.copyOf(cells),
                List.copyOf(commands),
                List.copyOf(ends),
                false);
    }

    long at() {
        return at;
    }

    String playerId() {
        return row.getPlayerId();
    }

    @Nullable
    LiveTicket live() {
        return row.getLive();
    }

    boolean hasEnded(String sessionId) {
        return row.getRecent().contains(sessionId);
    }

    /** The player has this ticket from now on; also where an existing one was changed. */
    void keep(LiveTicket ticket) {
        row.setLive(ticket);
        touch();
    }

    /** The player is free; the session is remembered as ended. */
    void end(String sessionId) {
        if (row.getLive() != null && row.getLive().getSessionId().equals(sessionId)) {
            row.setLive(null);
        }
        if (!row.getRecent().contains(sessionId)) {
            row.getRecent().add(sessionId);
            if (row.getRecent().size() > KEPT_SESSIONS) {
                row.getRecent().remove(0);
            }
        }
        touch();
    }

    void answer(String sessionId, TicketOutcome outcome, @Nullable String liveSessionId, @Nullable String detail) {
        answers.add(TicketAnswer.newBuilder()
                .setPlayerId(playerId())
                .setSessionId(sessionId)
                .setOutcome(outcome)
                .setLiveSessionId(liveSessionId)
                .setDetail(detail)
                .setAt(at)
                .build());
    }

    /** It will not be: answered, and remembered. */
    void refuse(String sessionId, TicketOutcome outcome, @Nullable String detail) {
        answer(sessionId, outcome, null, detail);
        end(sessionId);
    }

    /**
     * Whoever has read that a cell had the session reads that it has ended: the cell has handed it back, and can't tell.
     *
     * @param last what was told of it last
     */
    void endBetweenCells(Assignment last) {
        ends.add(Assignment.newBuilder(last)
                .setStatus(SessionStatus.ENDED)
                .setReason("CANCELLED")
                .build());
    }

    /** It was let go before the gate heard that the cell had handed it back. */
    void tellEndOf(Assignment told) {
        if (told.getStatus() == SessionStatus.HANDED_BACK && hasEnded(told.getSessionId())) {
            endBetweenCells(told);
        }
    }

    /** The cell that has handed it back had promised that: whoever is told it next is judged by it. */
    void promised(long etaMs, long at) {
        firstEtaMs = etaMs;
        firstEtaAt = at;
    }

    void place(LiveTicket live, Place.Builder place) {
        toCell(
                live.getCellId(),
                place.setAttempt(live.getAttempt())
                        .setFirstEtaMs(firstEtaMs)
                        .setFirstEtaAt(firstEtaAt)
                        .build());
    }

    void toCell(String cellId, Object body) {
        cells.add(CellRecord.newBuilder()
                .setCellId(cellId)
                .setAt(at)
                .setBody(body)
                .build());
    }

    void withdraw(LiveTicket live, String sessionId, String reason) {
        toCell(
                live.getCellId(),
                Withdraw.newBuilder()
                        .setTicketId(live.getTicketId())
                        .setSessionId(sessionId)
                        .setReason(reason)
                        .build());
    }

    void resume(LiveTicket live) {
        toCell(
                live.getCellId(),
                Resume.newBuilder().setSessionId(live.getSessionId()).build());
    }

    void toPlayer(TicketCommand command) {
        commands.add(command);
    }

    private void touch() {
        changed = true;
        row.setChangedAt(Math.max(row.getChangedAt(), at));
    }
}
