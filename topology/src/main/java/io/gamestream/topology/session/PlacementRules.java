package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.LiveTicket;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.ClassCapacity;
import io.gamestream.schemas.sessions.Member;
import io.gamestream.schemas.sessions.Place;
import io.gamestream.schemas.sessions.TicketCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which cell a ticket goes to next: the nearest that is believed to have room, and else the line of the nearest. Pure. */
final class PlacementRules {

    /** A cell as one player sees it. */
    private record Candidate(CellCapacity cell, ClassCapacity capacity, int rttMs) {

        int score() {
            return rttMs + capacity.getPriceMs();
        }
    }

    private static final Comparator<Candidate> NEAREST = Comparator.comparingInt(Candidate::rttMs)
            .thenComparing(candidate -> candidate.cell().getCellId());
    private static final Comparator<Candidate> BEST = Comparator.comparingInt(Candidate::score)
            .thenComparing(candidate -> candidate.cell().getCellId());

    private final GatePolicy policy;

    PlacementRules(GatePolicy policy) {
        this.policy = policy;
    }

    /** Whether any cell has hosts of the class. */
    static boolean isServed(Collection<CellCapacity> cells, GpuClass gpu) {
        return cells.stream().anyMatch(cell -> ofClass(cell, gpu).isPresent());
    }

    /** What the game needs; more only where the player asks for it. */
    static GpuClass gpu(TicketCommand request, Game game) {
        @Nullable GpuClass asked = request.getGpuClass();
        return asked != null && asked.compareTo(game.getGpuClass()) > 0 ? asked : game.getGpuClass();
    }

    /**
     * Places a ticket: where no cell has hosts of its class any more, with the cell that had it last.
     *
     * @return false where there is none either
     */
    boolean place(GateStep step, LiveTicket live, GateWorld world, List<Member> members, boolean recovery) {
        TicketCommand request = Objects.requireNonNull(live.getRequest());
        List<Candidate> candidates = candidates(live, world, request.getRttMs());
        if (candidates.isEmpty()) {
            if (!live.getCellId().isEmpty()) {
                send(
                        step,
                        live,
                        place(live, members, recovery, policy.lookAgain().toMillis()));
            }
            return !live.getCellId().isEmpty();
        }
        Candidate home = candidates.stream().min(NEAREST).orElseThrow();
        long waited = Math.max(0, step.at() - request.getAt());
        int cap = Math.max(policy.capAfter(waited), home.rttMs());
        Optional<Candidate> tried = live.getTried().size() >= policy.tries()
                ? Optional.empty()
                : candidates.stream()
                        .filter(candidate -> candidate.rttMs() <= cap)
                        .filter(candidate ->
                                !live.getTried().contains(candidate.cell().getCellId()))
                        .filter(candidate -> room(candidate, home) >= members.size())
                        .min(BEST);
        Candidate to = tried.orElse(home);
        boolean atHome = to.equals(home);
        if (!atHome) {
            live.getTried().add(to.cell().getCellId());
        }
        live.setCellId(to.cell().getCellId());
        // Not of those that are there just now: who waits for ever never looks whether others are back.
        long patience = isOnlyOne(live, world.cells()) ? 0 : policy.patienceMs(waited);
        send(
                step,
                live,
                place(live, members, recovery, patience)
                        .setHome(atHome)
                        .setRttMs(to.rttMs())
                        .setMayQueue(atHome));
        return true;
    }

    private static void send(GateStep step, LiveTicket live, Place.Builder place) {
        live.setAttempt(live.getAttempt() + 1);
        step.keep(live);
        step.place(live, place);
    }

    private static Place.Builder place(LiveTicket live, List<Member> members, boolean recovery, long patienceMs) {
        TicketCommand request = Objects.requireNonNull(live.getRequest());
        return Place.newBuilder()
                .setTicketId(live.getTicketId())
                .setMembers(members)
                .setGameId(Objects.requireNonNull(request.getGameId()))
                .setGpuClass(live.getGpuClass())
                .setTier(request.getTier())
                .setHome(true)
                .setRttMs(-1)
                .setRequestedAt(request.getAt())
                .setRecovery(recovery)
                .setMayQueue(true)
                .setPatienceMs(patienceMs);
    }

    private List<Candidate> candidates(LiveTicket live, GateWorld world, Map<String, Integer> rtts) {
        List<Candidate> fresh = new ArrayList<>();
        List<Candidate> all = new ArrayList<>();
        for (CellCapacity cell : world.cells()) {
            ofClass(cell, live.getGpuClass()).ifPresent(capacity -> {
                Candidate candidate =
                        new Candidate(cell, capacity, rtts.getOrDefault(cell.getRegion(), policy.unknownRttMs()));
                all.add(candidate);
                boolean stale =
                        world.silentMs(cell.getCellId()) > policy.staleAfter().toMillis();
                if (!stale && cell.getHalted() == null && capacity.getUsable() > 0) {
                    fresh.add(candidate);
                }
            });
        }
        return fresh.isEmpty() ? all : fresh;
    }

    private static boolean isOnlyOne(LiveTicket live, Collection<CellCapacity> cells) {
        return cells.stream()
                        .filter(cell -> ofClass(cell, live.getGpuClass()).isPresent())
                        .count()
                == 1;
    }

    private static int room(Candidate candidate, Candidate home) {
        ClassCapacity capacity = candidate.capacity();
        return capacity.getFree() - (candidate.equals(home) ? 0 : capacity.getReserve());
    }

    private static Optional<ClassCapacity> ofClass(CellCapacity cell, GpuClass gpu) {
        return cell.getClasses().stream()
                .filter(capacity -> capacity.getGpuClass() == gpu && capacity.getSlots() > 0)
                .findFirst();
    }
}
