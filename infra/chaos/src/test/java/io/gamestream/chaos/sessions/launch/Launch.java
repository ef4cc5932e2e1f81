package io.gamestream.chaos.sessions.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.TicketCommand;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true of the committed records of a launch, whose players are all of one tier. */
final class Launch {

    private static final Comparator<TicketCommand> BY_TIME =
            Comparator.comparingLong(TicketCommand::getAt).thenComparing(TicketCommand::getSessionId);

    private final Committed committed;

    Launch(Committed committed) {
        this.committed = committed;
    }

    /** Sessions that have no slot, in the order in which the router took their requests. */
    List<String> lineByTime() {
        Set<String> granted = new HashSet<>(committed.of(SessionStatus.GRANTED));
        return committed.requests().values().stream()
                .sorted(BY_TIME)
                .map(TicketCommand::getSessionId)
                .filter(session -> !granted.contains(session))
                .toList();
    }

    /** Sessions that wait, in the order of the positions that their players were told last; empty while that is no line. */
    List<String> lineAsTold() {
        List<Assignment> waiting = committed.sessions().values().stream()
                .map(told -> told.get(told.size() - 1))
                .filter(last -> last.getStatus() == SessionStatus.QUEUED)
                .sorted(Comparator.comparingLong(Assignment::getPosition))
                .toList();
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).getPosition() != i + 1) {
                return List.of();
            }
        }
        return waiting.stream().map(Assignment::getSessionId).toList();
    }

    /** Sessions that have no slot, in the order in which they came to the cell. */
    List<String> arrivals() {
        Set<String> line = new HashSet<>(lineByTime());
        return List.copyOf(committed.inbox().stream()
                .map(CellRecord::getBody)
                .flatMap(body -> body instanceof Place place ? Stream.of(place.getTicketId()) : Stream.empty())
                .filter(line::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** Nobody is lost or refused, and nobody has heard two things. */
    void assertEachIsGrantedOrWaits(int players, int slots) {
        assertThat(committed.deadLetters()).isEmpty();
        assertThat(committed.answers()).isEmpty();
        assertThat(committed.requests()).hasSize(players);
        assertThat(committed.sessions().keySet()).isEqualTo(committed.requests().keySet());
        assertThat(committed.requests().values().stream().map(TicketCommand::getPlayerId))
                .doesNotHaveDuplicates();
        assertThat(committed.sessions().values()).allSatisfy(told -> assertThat(
                        told.stream().map(Assignment::getStatus).distinct().toList())
                .isIn(List.of(SessionStatus.GRANTED), List.of(SessionStatus.QUEUED)));
        assertThat(committed.of(SessionStatus.GRANTED)).hasSize(slots);
        assertThat(lineAsTold()).hasSize(players - slots).isEqualTo(lineByTime());
        assertGrantsAreTheSlots();
        assertThat(grants().values().stream().map(Launch::slot).distinct()).hasSize(slots);
    }

    /** Every grant that a player heard of is one transition of a slot, by its token, and the slots' histories have no gaps. */
    void assertGrantsAreTheSlots() {
        Map<String, String> toldOf = new HashMap<>();
        grants().forEach((session, told) ->
                toldOf.put(session, told.getPlayerId() + " has " + slot(told) + ", token " + told.getToken()));
        Map<String, String> done = new HashMap<>();
        Map<String, SlotEvent> last = new HashMap<>();
        for (SlotEvent event : committed.slotEvents()) {
            String slot = event.getHostId() + "#" + event.getSlot();
            SlotEvent before = last.put(slot, event);
            assertThat(event.getVersion()).as(slot).isEqualTo(before == null ? 1 : before.getVersion() + 1);
            if (before != null) {
                assertThat(event.getFrom()).as(slot).isEqualTo(before.getTo());
                assertThat(event.getToken()).as(slot).isGreaterThanOrEqualTo(before.getToken());
            }
            if (event.getTo() == SlotState.RESERVED && !Door.isProbe(event.getPlayerId())) {
                assertThat(event.getToken()).as(slot).isGreaterThan(before == null ? 0 : before.getToken());
                String twice = done.put(
                        event.getSessionId(), event.getPlayerId() + " has " + slot + ", token " + event.getToken());
                assertThat(twice).as(event.getSessionId()).isNull();
            }
        }
        assertThat(toldOf).isEqualTo(done);
    }

    /** By session; each is granted once. */
    private Map<String, Assignment> grants() {
        return committed.sessions().values().stream()
                .flatMap(List::stream)
                .filter(told -> told.getStatus() == SessionStatus.GRANTED)
                .collect(Collectors.toMap(Assignment::getSessionId, told -> told));
    }

    private static String slot(Assignment told) {
        return told.getHostId() + "#" + told.getSlot();
    }
}
