package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.sessions.check.Evidence;
import io.gamestream.chaos.sessions.plan.Act;
import io.gamestream.chaos.sessions.plan.Plan;
import io.gamestream.local.sessions.HostFact;
import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.SlotEvent;
import io.gamestream.schemas.sessions.SlotState;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What happened in a run, and whether enough did. */
final class Numbers {

    private static final String REQUESTS = "requests in the log";
    private static final String GRANTS = "grants";
    private static final String QUEUED = "players told of the line";
    private static final String MOVED = "sessions that were moved";
    private static final String RESUMED = "sessions that were resumed";
    private static final String TWICE = "requests that came again";
    private static final String DUPLICATES = "second sessions refused";
    private static final String FENCED = "streams ended by the host's own lease";
    private static final String PARTIES = "parties of eight with slots";
    private static final int PARTY = 8;

    private Numbers() {}

    static Map<String, Long> of(Evidence evidence, Plan plan) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (Act act : Act.values()) {
            if (plan.count(act) > 0) {
                numbers.put(act.meaning(), plan.count(act));
            }
        }
        numbers.put(
                REQUESTS,
                evidence.tickets.stream()
                        .filter(command -> command.getKind() == TicketCommandKind.REQUEST)
                        .map(command -> command.getSessionId())
                        .distinct()
                        .count());
        numbers.put(
                TWICE,
                evidence.tickets.stream()
                                .filter(command -> command.getKind() == TicketCommandKind.REQUEST)
                                .count()
                        - numbers.get(REQUESTS));
        numbers.put(
                DUPLICATES,
                evidence.answers.stream()
                        .filter(answer -> answer.getOutcome() == TicketOutcome.DUPLICATE)
                        .count());
        numbers.put(GRANTS, events(evidence, event -> event.getTo() == SlotState.RESERVED));
        numbers.put(QUEUED, sessions(evidence, told -> told.getStatus() == SessionStatus.QUEUED));
        numbers.put(MOVED, sessions(evidence, told -> told.getMoves() > 0));
        numbers.put(
                RESUMED,
                events(evidence, event -> event.getFrom() == SlotState.GRACE && event.getTo() == SlotState.ACTIVE));
        numbers.put("sessions that were played", (long) evidence.plays.size());
        numbers.put(FENCED, hosts(evidence, fact -> fact.detail().startsWith("no acknowledgement")));
        numbers.put("heartbeats acknowledged", hosts(evidence, fact -> fact.kind() == HostFact.Kind.ACKNOWLEDGED));
        numbers.put(
                "answers of 503",
                evidence.players.stream()
                        .filter(fact -> fact.kind() == PlayerFact.Kind.ANSWERED && fact.status() == 503)
                        .count());
        numbers.put(PARTIES, parties(evidence));
        numbers.put(
                "records of the inboxes",
                evidence.inbox.values().stream().mapToLong(List::size).sum());
        numbers.put("slot events", events(evidence, event -> true));
        numbers.put("dead letters", (long) evidence.deadLetters.size());
        numbers.put(
                "longest time without grants after an act, ms",
                evidence.outages.stream()
                        .mapToLong(outage -> outage.gap().toMillis())
                        .max()
                        .orElse(0));
        return numbers;
    }

    /** A check that held because nothing happened is worth nothing. */
    static List<String> complaints(Map<String, Long> numbers, Plan plan) {
        List<String> complaints = new ArrayList<>();
        for (String what : List.of(REQUESTS, GRANTS, QUEUED, RESUMED, TWICE, DUPLICATES)) {
            if (numbers.getOrDefault(what, 0L) == 0) {
                complaints.add("no " + what);
            }
        }
        boolean moves = plan.count(Act.CRASH_HOSTS) + plan.count(Act.DRAIN) + plan.count(Act.LOSE_REGION) > 0;
        if (moves && numbers.getOrDefault(MOVED, 0L) == 0) {
            complaints.add("no " + MOVED);
        }
        if (plan.count(Act.CUT_HOSTS) > 0 && numbers.getOrDefault(FENCED, 0L) == 0) {
            complaints.add("no " + FENCED);
        }
        if (plan.count(Act.PARTY) > 0 && numbers.getOrDefault(PARTIES, 0L) == 0) {
            complaints.add("no " + PARTIES);
        }
        if (plan.acts().isEmpty()) {
            complaints.add("nothing was done");
        }
        return complaints;
    }

    private static long events(Evidence evidence, Predicate<SlotEvent> which) {
        return evidence.slotEvents.values().stream()
                .flatMap(List::stream)
                .filter(which)
                .count();
    }

    private static long sessions(Evidence evidence, Predicate<Assignment> which) {
        return evidence.assignments.values().stream()
                .flatMap(List::stream)
                .filter(which)
                .map(Assignment::getSessionId)
                .distinct()
                .count();
    }

    private static long hosts(Evidence evidence, Predicate<HostFact> which) {
        return evidence.hosts.stream().filter(which).count();
    }

    private static long parties(Evidence evidence) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        evidence.assignments.values().stream()
                .flatMap(List::stream)
                .filter(told -> told.getStatus() == SessionStatus.GRANTED && told.getMoves() == 0)
                .forEach(told -> sizes.merge(told.getTicketId() + " " + told.getAttempt(), 1L, Long::sum));
        return sizes.values().stream().filter(size -> size >= PARTY).count();
    }
}
