package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.GpuClass;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How long the queue takes: releases of the last minute, and how good the promises were. Pure, on the cell's row. */
final class EtaRules {

    private static final int BUCKETS = 12;
    private static final long BUCKET_MS = 5_000;
    private static final int KEPT_ERRORS = 64;
    private static final int WORST_ERROR = 10_000;

    /** Shorter waits say nothing about a promise that is told in seconds. */
    private static final long LEAST_WAIT_MS = 1_000;

    private EtaRules() {}

    static Map<String, List<Long>> noReleases() {
        Map<String, List<Long>> none = new TreeMap<>();
        for (GpuClass gpu : GpuClass.values()) {
            none.put(gpu.name(), new ArrayList<>(Collections.nCopies(BUCKETS, 0L)));
        }
        return none;
    }

    /** The clock has moved on: buckets that begin anew are empty. */
    static void roll(CellRow cell) {
        long now = cell.getClockMs() / BUCKET_MS;
        long first = Math.max(cell.getBucket() + 1, now - BUCKETS + 1);
        for (long bucket = first; bucket <= now; bucket++) {
            for (GpuClass gpu : GpuClass.values()) {
                buckets(cell, gpu).set((int) (bucket % BUCKETS), 0L);
            }
        }
        cell.setBucket(now);
    }

    static void released(CellRow cell, GpuClass gpu) {
        int bucket = (int) (cell.getBucket() % BUCKETS);
        buckets(cell, gpu).set(bucket, buckets(cell, gpu).get(bucket) + 1);
    }

    static long releasesPerMinute(CellRow cell, GpuClass gpu) {
        return releases(cell, gpu) * 60_000 / window(cell);
    }

    /** In ms; -1 where nothing was released of late. */
    static long etaMs(CellRow cell, GpuClass gpu, long position) {
        long releases = releases(cell, gpu);
        return releases == 0 ? -1 : position * window(cell) / releases;
    }

    /**
     * A ticket is granted: what its players were told first, in whichever cell, is compared with what it took from then on.
     *
     * @param at ms since 1970: the clocks of two cells can't be compared
     * @return false where no promise was made that could be judged
     */
    static boolean kept(CellRow cell, TicketRow ticket, long at) {
        long promisedMs = ticket.getFirstEtaMs();
        long waitedMs = at - ticket.getFirstEtaAt();
        if (promisedMs < 0 || ticket.getFirstEtaAt() == 0 || waitedMs < LEAST_WAIT_MS) {
            return false;
        }
        int error = (int) Math.min(WORST_ERROR, Math.abs(promisedMs - waitedMs) * 100 / waitedMs);
        List<Integer> errors = cell.getEtaErrors();
        if (errors.size() < KEPT_ERRORS) {
            errors.add(error);
        } else {
            errors.set((int) (cell.getEtaCount() % KEPT_ERRORS), error);
        }
        cell.setEtaCount(cell.getEtaCount() + 1);
        return true;
    }

    /** In percent; -1 where no promise has been kept yet. */
    static double medianError(CellRow cell) {
        if (cell.getEtaErrors().isEmpty()) {
            return -1;
        }
        List<Integer> sorted = cell.getEtaErrors().stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    private static long releases(CellRow cell, GpuClass gpu) {
        long sum = 0;
        for (long released : buckets(cell, gpu)) {
            sum += released;
        }
        return sum;
    }

    /** The part of the minute that has passed: the newest bucket isn't full yet, and a young cell hasn't lived a minute. */
    private static long window(CellRow cell) {
        long full = (BUCKETS - 1) * BUCKET_MS + cell.getClockMs() % BUCKET_MS;
        return Math.max(BUCKET_MS, Math.min(full, cell.getClockMs()));
    }

    private static List<Long> buckets(CellRow cell, GpuClass gpu) {
        return Objects.requireNonNull(cell.getReleases().get(gpu.name()));
    }
}
