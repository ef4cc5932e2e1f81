package io.gamestream.bench.quality;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts free slots, and keeps a line; who comes first and finds a site that suits gets it. */
abstract class SitePool implements Matchmaker {

    static final int NONE = -1;

    private final String name;
    private final Set<Visit> waiting = new LinkedHashSet<>();
    private @Nullable Trace trace;
    private @Nullable Grants grants;
    private int[] slots = {};
    private int[] free = {};

    SitePool(String name) {
        this.name = name;
    }

    /** The site for a visit; {@link #NONE} where it has to wait. */
    abstract int choose(Visit visit, long waitedMs);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void open(Trace trace, Grants grants) {
        this.trace = trace;
        this.grants = grants;
        this.slots = trace.slots();
        this.free = trace.slots();
    }

    @Override
    public void arrive(Visit visit, long now) {
        if (!place(visit, now)) {
            waiting.add(visit);
        }
    }

    @Override
    public final void giveUp(Visit visit, long now) {
        waiting.remove(visit);
    }

    @Override
    public final void leave(Visit visit, int site, long now) {
        // It is free when it is clean.
    }

    @Override
    public final void freed(Visit visit, int site, long now) {
        free[site]++;
        freed(now);
    }

    /** A slot has become free. */
    void freed(long now) {
        serve(now);
    }

    @Override
    public void second(long now) {
        serve(now);
    }

    final Geography geography() {
        return Objects.requireNonNull(trace).geography();
    }

    final int free(int site) {
        return free[site];
    }

    final int slots(int site) {
        return slots[site];
    }

    final int sites() {
        return free.length;
    }

    final Set<Visit> waiting() {
        return waiting;
    }

    final void grant(Visit visit, int site) {
        waiting.remove(visit);
        free[site]--;
        Objects.requireNonNull(grants).grant(visit, site);
    }

    private void serve(long now) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Visit next : List.copyOf(waiting)) {
            if (IntStream.of(free).allMatch(slots -> slots == 0)) {
                return;
            }
            place(next, now);
        }
    }

    private boolean place(Visit visit, long now) {
        int site = choose(visit, now - visit.at());
        if (site == NONE) {
            return false;
        }
        grant(visit, site);
        return true;
    }
}
