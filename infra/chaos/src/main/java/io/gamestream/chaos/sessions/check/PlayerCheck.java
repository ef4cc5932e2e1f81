package io.gamestream.chaos.sessions.check;

import io.gamestream.local.sessions.PlayerFact;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.SessionStatus;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.schemas.sessions.TicketCommandKind;
import io.gamestream.schemas.sessions.TicketOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** D4, D5, D14: what was asked, what was answered, and what each player had at once by the log. Pure. */
final class PlayerCheck {

    /** States of a session, in the router's words, after which nothing comes any more. */
    private static final Set<String> OVER = Set.of(
            "ENDED",
            "DUPLICATE",
            "CANCELLED",
            "UNKNOWN_GAME",
            "GAME_WITHDRAWN",
            "NO_SUCH_CAPACITY",
            "PARTY_MEMBER_BUSY",
            "PARTY_TOO_LARGE",
            "NOT_RESUMABLE");

    private final Evidence evidence;
    private final Findings findings;
    private final Map<String, Assignment> last = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    private PlayerCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        evidence.assignments
                .values()
                .forEach(all -> all.forEach(assignment -> last.put(assignment.getSessionId(), assignment)));
        evidence.answers.forEach(answer -> {
            answered.add(answer.getSessionId());
            if (answer.getOutcome() != TicketOutcome.DUPLICATE && answer.getOutcome() != TicketOutcome.NOT_RESUMABLE) {
                ended.add(answer.getSessionId());
            }
        });
    }

    static void check(Evidence evidence, Findings findings) {
        PlayerCheck check = new PlayerCheck(evidence, findings);
        check.requests();
        check.reads();
        check.keys();
        evidence.assignments.forEach(check::atOnce);
    }

    private void requests() {
        Set<String> asked = new TreeSet<>();
        evidence.tickets.stream()
                .filter(command -> command.getKind() == TicketCommandKind.REQUEST)
                .forEach(command -> asked.add(command.getSessionId()));
        for (String session : asked) {
            @Nullable Assignment told = last.get(session);
            if (told == null && !answered.contains(session)) {
                findings.add(Gate.D4, session, "was asked for, and nobody has ever answered");
            } else if (told != null && told.getStatus() != SessionStatus.ENDED && !ended.contains(session)) {
                findings.add(Gate.D4, session, "has not ended: " + told.getStatus() + " in " + told.getCellId());
            }
        }
        evidence.players.stream()
                .filter(PlayerCheck::taken)
                .map(PlayerFact::sessionId)
                .distinct()
                .filter(session -> !session.isEmpty() && !asked.contains(session) && !last.containsKey(session))
                .forEach(
                        session -> findings.add(Gate.D4, session, "was answered, and no request for it is in the log"));
    }

    private static boolean taken(PlayerFact fact) {
        return fact.kind() == PlayerFact.Kind.ANSWERED && fact.status() / 100 == 2;
    }

    private void reads() {
        evidence.lastRead.forEach((session, states) -> states.stream()
                .filter(state -> !OVER.contains(state))
                .findFirst()
                .ifPresent(state -> findings.add(Gate.D4, session, "its player reads " + state + " in the end")));
    }

    private void keys() {
        Map<String, Set<String>> keys = new TreeMap<>();
        evidence.players.stream()
                .filter(fact -> fact.kind() == PlayerFact.Kind.ASKED)
                .forEach(fact -> keys.computeIfAbsent(fact.playerId(), id -> new HashSet<>())
                        .add(fact.key()));
        Map<String, Set<String>> sessions = new HashMap<>();
        for (TicketCommand command : evidence.tickets) {
            if (command.getKind() == TicketCommandKind.REQUEST) {
                sessions.computeIfAbsent(command.getPlayerId(), id -> new TreeSet<>())
                        .add(command.getSessionId());
            }
        }
        keys.forEach((player, all) -> {
            int named = sessions.getOrDefault(player, Set.of()).size();
            if (named > all.size()) {
                findings.add(Gate.D14, player, "has sent " + all.size() + " keys, which became " + named + " sessions");
            }
        });
    }

    /** By the order of the player's records. */
    private void atOnce(String player, List<Assignment> all) {
        @Nullable String live = null;
        for (Assignment told : all) {
            String session = told.getSessionId();
            switch (told.getStatus()) {
                case GRANTED, STARTING, ACTIVE, RESUMABLE -> {
                    if (live != null && !live.equals(session)) {
                        findings.add(Gate.D5, player, "has " + session + " beside " + live);
                    }
                    live = session;
                }
                case QUEUED, HANDED_BACK, ENDED -> live = session.equals(live) ? null : live;
                case UNKNOWN -> findings.add(Gate.D4, session, "was told a state that is unknown");
            }
        }
    }
}
