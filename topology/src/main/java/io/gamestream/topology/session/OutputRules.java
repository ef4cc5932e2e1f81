package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.TicketCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes to which topic. Pure. */
final class OutputRules {

    private OutputRules() {}

    static GateInput asked(@Nullable TicketCommand command) {
        if (command == null) {
            throw new BadSessionRecordException("a command without a value");
        }
        return new GateInput.Asked(command);
    }

    /** Nothing, as a value, where the player is forgotten: the topic is compacted. */
    static List<@Nullable Assignment> ends(GateDecision decision) {
        return decision.forgotten() ? Collections.singletonList(null) : new ArrayList<>(decision.ends());
    }

    static List<CellRecord> own(CellOutput output) {
        return output instanceof CellOutput.Own own ? List.of(own.record()) : List.of();
    }

    static List<CellCheckpoint> kept(CellOutput output) {
        return output instanceof CellOutput.Kept kept ? kept.checkpoint().parts() : List.of();
    }

    static <T> List<T> part(CellOutput output, Function<CellDecision, List<T>> part) {
        return output instanceof CellOutput.Decided decided ? part.apply(decided.decision()) : List.of();
    }

    static List<CellCapacity> capacity(CellDecision decision) {
        return decision.capacity() == null ? List.of() : List.of(decision.capacity());
    }

    /** A session that was played has one play, told when it has ended. */
    static List<Play> plays(CellDecision decision) {
        return decision.sessionEvents().stream()
                .filter(event -> event.getKind() == SessionEventKind.ENDED)
                .map(OutputRules::play)
                .toList();
    }

    static String slot(SlotEvent event) {
        return event.getHostId() + "#" + event.getSlot();
    }

    private static Play play(SessionEvent event) {
        return Play.newBuilder()
                .setId(event.getSessionId())
                .setUserId(event.getPlayerId())
                .setGameId(event.getGameId())
                .setPlayedSeconds(event.getPlayedSeconds())
                .setEndedAt(Objects.requireNonNull(event.getEndedAt()))
                .build();
    }
}
