package io.gamestream.chaos.sessions.check;

import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.SessionEventKind;
import io.gamestream.schemas.sessions.SessionStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** D10, D13: sessions and parties as they are told to others. Pure. */
final class SessionCheck {

    private final Evidence evidence;
    private final Findings findings;

    private SessionCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void check(Evidence evidence, Findings findings) {
        SessionCheck check = new SessionCheck(evidence, findings);
        check.played();
        check.parties();
    }

    private void played() {
        Map<String, List<SessionEvent>> started = byKind(SessionEventKind.STARTED);
        Map<String, List<SessionEvent>> ended = byKind(SessionEventKind.ENDED);
        Map<String, List<Play>> plays = new HashMap<>();
        evidence.plays.forEach(play ->
                plays.computeIfAbsent(play.getId(), id -> new ArrayList<>()).add(play));
        Set<String> all = new TreeSet<>(started.keySet());
        all.addAll(ended.keySet());
        all.addAll(plays.keySet());
        evidence.assignments.values().forEach(told -> told.stream()
                .filter(one -> one.getStatus() == SessionStatus.ACTIVE)
                .forEach(one -> all.add(one.getSessionId())));
        for (String session : all) {
            List<SessionEvent> ends = ended.getOrDefault(session, List.of());
            List<Play> played = plays.getOrDefault(session, List.of());
            int starts = started.getOrDefault(session, List.of()).size();
            if (starts != 1 || ends.size() != 1 || played.size() != 1) {
                findings.add(
                        Gate.D10,
                        session,
                        "has " + starts + " starts, " + ends.size() + " ends and " + played.size()
                                + " plays (expected: one of each)");
            } else if (ends.get(0).getPlayedSeconds() != played.get(0).getPlayedSeconds()) {
                findings.add(
                        Gate.D10,
                        session,
                        "ends with " + ends.get(0).getPlayedSeconds() + " s played, and its play says "
                                + played.get(0).getPlayedSeconds());
            }
        }
    }

    private Map<String, List<SessionEvent>> byKind(SessionEventKind kind) {
        Map<String, List<SessionEvent>> all = new HashMap<>();
        evidence.sessionEvents.stream().filter(event -> event.getKind() == kind).forEach(event -> all.computeIfAbsent(
                        event.getSessionId(), id -> new ArrayList<>(1))
                .add(event));
        return all;
    }

    private void parties() {
        Map<String, Integer> sizes = new TreeMap<>();
        evidence.inbox
                .values()
                .forEach(inbox -> inbox.forEach(logged -> {
                    if (logged.record().getBody() instanceof Place place
                            && place.getMembers().size() > 1) {
                        sizes.put(
                                place.getTicketId() + " " + place.getAttempt(),
                                place.getMembers().size());
                    }
                }));
        Map<String, Set<String>> granted = new HashMap<>();
        Map<String, Set<String>> cells = new HashMap<>();
        evidence.assignments.values().forEach(all -> all.stream()
                .filter(told -> told.getStatus() == SessionStatus.GRANTED && told.getMoves() == 0)
                .forEach(told -> {
                    String ticket = ticket(told);
                    granted.computeIfAbsent(ticket, id -> new HashSet<>()).add(told.getSessionId());
                    cells.computeIfAbsent(ticket, id -> new TreeSet<>()).add(told.getCellId());
                }));
        sizes.forEach((ticket, size) -> {
            int have = granted.getOrDefault(ticket, Set.of()).size();
            if (have != 0 && have != size) {
                findings.add(Gate.D13, ticket, have + " of " + size + " have a slot");
            }
            if (cells.getOrDefault(ticket, Set.of()).size() > 1) {
                findings.add(Gate.D13, ticket, "is in several cells: " + cells.get(ticket));
            }
        });
    }

    private static String ticket(Assignment told) {
        return told.getTicketId() + " " + told.getAttempt();
    }
}
