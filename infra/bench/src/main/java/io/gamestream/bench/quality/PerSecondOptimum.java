package io.gamestream.bench.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All who have come in a second are placed at once, so that their round trips together are as short as can be: a minimum cost
 * flow, grown by one player after the other along the cheapest chain of moves between sites.
 */
final class PerSecondOptimum extends SitePool {

    PerSecondOptimum() {
        super("per-second optimal");
    }

    @Override
    int choose(Visit visit, long waitedMs) {
        return NONE;
    }

    @Override
    void freed(long now) {
        // With the second.
    }

    @Override
    public void second(long now) {
        List<Visit> line = new ArrayList<>(waiting());
        int room = 0;
        for (int site = 0; site < sites(); site++) {
            room += free(site);
        }
        List<Visit> placed = line.subList(0, Math.min(room, line.size()));
        int[] at = new int[placed.size()];
        Arrays.fill(at, NONE);
        int[] left = new int[sites()];
        Arrays.setAll(left, this::free);
        for (int next = 0; next < at.length; next++) {
            add(placed, at, left, next);
        }
        for (int i = 0; i < at.length; i++) {
            grant(placed.get(i), at[i]);
        }
    }

    /** Bellman-Ford over the sites: each may push one of the players that it has been given on to another. */
    private void add(List<Visit> placed, int[] at, int[] left, int next) {
        long[] cost = new long[sites()];
        int[] from = new int[sites()];
        int[] pushed = new int[sites()];
        for (int site = 0; site < sites(); site++) {
            cost[site] = rtt(placed.get(next), site);
            from[site] = NONE;
            pushed[site] = next;
        }
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int player = 0; player < next; player++) {
                int site = at[player];
                for (int other = 0; other < sites(); other++) {
                    long by = cost[site] - rtt(placed.get(player), site) + rtt(placed.get(player), other);
                    if (by < cost[other]) {
                        cost[other] = by;
                        from[other] = site;
                        pushed[other] = player;
                        shorter = true;
                    }
                }
            }
        }
        int end = NONE;
        for (int site = 0; site < sites(); site++) {
            if (left[site] > 0 && (end == NONE || cost[site] < cost[end])) {
                end = site;
            }
        }
        left[end]--;
        for (int site = end; site != NONE; site = from[site]) {
            at[pushed[site]] = site;
        }
    }

    private long rtt(Visit visit, int site) {
        return geography().rttMs(visit.city(), site);
    }
}
