package io.gamestream.bench.quality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Lets one matchmaker place the players of a trace, and looks at who plays where every now and then. It counts the slots itself:
 * a matchmaker that gives one twice, or plays with time, ends the run.
 */
final class QualityRun {

    /** Until the start is forgotten: it is no look at how players come. */
    static final Duration WARM_UP = Duration.ofHours(2);

    private static final Duration LOOK_EVERY = Duration.ofMinutes(15);

    /** Who hasn't got a slot by then gives up. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration CLEANING = Duration.ofSeconds(5);
    private static final long SECOND_MS = 1_000;

    private enum Kind {
        GIVE_UP,
        LEAVE,
        FREED
    }

    private record Event(long at, long order, Kind kind, Visit visit, int site) {}

    private final Trace trace;
    private final Matchmaker matchmaker;
    private final TransportBound bound;
    private final int[][] live;
    private final int[] busy;
    private final int[] slots;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<Visit, Long> waiting = new HashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private long order;
    private long now;
    private long came;
    private long gaveUp;
    private double rttSum;
    private double boundSum;
    private long played;
    private long looks;

    QualityRun(Trace trace, Matchmaker matchmaker) {
        this.trace = trace;
        this.matchmaker = matchmaker;
        this.slots = trace.slots();
        this.bound = new TransportBound(trace.geography(), slots);
        this.live = new int[Geography.CITIES.size()][slots.length];
        this.busy = new int[slots.length];
    }

    Quality run() {
        matchmaker.open(trace, this::granted);
        long tick = 0;
        for (Visit visit : trace.visits()) {
            while (tick <= visit.at()) {
                until(tick);
                matchmaker.second(now);
                look(tick);
                tick += SECOND_MS;
            }
            until(visit.at());
            waiting.put(visit, now);
            came += counts(visit) ? 1 : 0;
            later(PATIENCE.toMillis(), Kind.GIVE_UP, visit, -1);
            matchmaker.arrive(visit, now);
        }
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Quality(
                matchmaker.name(),
                rttSum / played,
                boundSum / played,
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                (double) gaveUp / came,
                (double) played / looks / Arrays.stream(slots).sum());
    }

    private void until(long time) {
        while (!events.isEmpty() && events.peek().at() <= time) {
            Event event = events.remove();
            now = event.at();
            happens(event);
        }
        now = time;
    }

    private void happens(Event event) {
        Visit visit = event.visit();
        switch (event.kind()) {
            case GIVE_UP -> {
                if (waiting.remove(visit) != null) {
                    gaveUp += counts(visit) ? 1 : 0;
                    waited(visit);
                    matchmaker.giveUp(visit, now);
                }
            }
            case LEAVE -> {
                live[visit.city()][event.site()]--;
                later(CLEANING.toMillis(), Kind.FREED, visit, event.site());
                matchmaker.leave(visit, event.site(), now);
            }
            case FREED -> {
                busy[event.site()]--;
                matchmaker.freed(visit, event.site(), now);
            }
        }
    }

    private void granted(Visit visit, int site) {
        if (waiting.remove(visit) == null) {
            throw new IllegalStateException(
                    matchmaker.name() + " places visit " + visit.number() + " that doesn't wait");
        }
        if (++busy[site] > slots[site]) {
            throw new IllegalStateException(matchmaker.name() + " has given " + busy[site] + " of the " + slots[site]
                    + " slots of site " + site);
        }
        live[visit.city()][site]++;
        waited(visit);
        later(visit.lengthMs(), Kind.LEAVE, visit, site);
    }

    private void waited(Visit visit) {
        if (counts(visit)) {
            waits.add(now - visit.at());
        }
    }

    private void look(long time) {
        if (time < WARM_UP.toMillis() || time % LOOK_EVERY.toMillis() != 0) {
            return;
        }
        looks++;
        int[] players = new int[live.length];
        for (int city = 0; city < live.length; city++) {
            for (int site = 0; site < slots.length; site++) {
                players[city] += live[city][site];
                rttSum += (double) live[city][site] * trace.geography().rttMs(city, site);
            }
            played += players[city];
        }
        boundSum += bound.leastMs(players);
    }

    private void later(long ms, Kind kind, Visit visit, int site) {
        events.add(new Event(now + ms, order++, kind, visit, site));
    }

    private static boolean counts(Visit visit) {
        return visit.at() >= WARM_UP.toMillis();
    }

    private static long percentile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }
}
