package io.gamestream.bench.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** How others place players, each by the rule that it publishes or is known by. */
final class Baselines {

    private static final int[] TIERS_MS = {50, 100, Integer.MAX_VALUE};
    private static final long[] TIERS_AFTER_MS = {0, 30_000, 90_000};

    private Baselines() {}

    /** Each with a memory of its own. */
    static List<Matchmaker> all(long seed) {
        return List.of(
                homeOnly(),
                pingOnly(),
                randomOfThree(seed),
                withinTiers("spread", share -> -share),
                withinTiers("packed", share -> share),
                latencyTiers(),
                new PerSecondOptimum());
    }

    /** The nearest site, however long that takes. */
    static Matchmaker homeOnly() {
        return new SitePool("home-only") {
            @Override
            int choose(Visit visit, long waitedMs) {
                int home = geography().home(visit.city());
                return free(home) > 0 ? home : NONE;
            }
        };
    }

    /** The nearest that has room: CloudRetro's coordinator. */
    static Matchmaker pingOnly() {
        return new SitePool("ping-only") {
            @Override
            int choose(Visit visit, long waitedMs) {
                return nearestWithin(this, visit, Integer.MAX_VALUE);
            }
        };
    }

    /** One of the three nearest that has room, whichever. */
    private static Matchmaker randomOfThree(long seed) {
        Random random = new Random(seed);
        return new SitePool("random-of-3") {
            @Override
            int choose(Visit visit, long waitedMs) {
                int[] room = IntStream.of(geography().nearest(visit.city()))
                        .limit(3)
                        .filter(site -> free(site) > 0)
                        .toArray();
                return room.length == 0 ? NONE : room[random.nextInt(room.length)];
            }
        };
    }

    /**
     * Agones' two orders, over the clusters of the first latency tier that has room.
     *
     * @param order by the share of a site's slots that are free; the least comes first
     */
    private static Matchmaker withinTiers(String name, DoubleUnaryOperator order) {
        return new SitePool(name) {
            @Override
            int choose(Visit visit, long waitedMs) {
                for (int cap : TIERS_MS) {
                    Optional<Integer> best = IntStream.of(geography().nearest(visit.city()))
                            .filter(site -> free(site) > 0 && geography().rttMs(visit.city(), site) <= cap)
                            .boxed()
                            .min(Comparator.comparingDouble(
                                    site -> order.applyAsDouble((double) free(site) / slots(site))));
                    if (best.isPresent()) {
                        return best.get();
                    }
                }
                return NONE;
            }
        };
    }

    /** GameLift's latency policies: the nearest within 50 ms, after 30 s within 100, after 90 s any. */
    private static Matchmaker latencyTiers() {
        return new SitePool("latency tiers") {
            @Override
            int choose(Visit visit, long waitedMs) {
                int cap = 0;
                for (int tier = 0; tier < TIERS_MS.length; tier++) {
                    cap = waitedMs >= TIERS_AFTER_MS[tier] ? TIERS_MS[tier] : cap;
                }
                int home = geography().home(visit.city());
                return nearestWithin(this, visit, Math.max(cap, geography().rttMs(visit.city(), home)));
            }
        };
    }

    private static int nearestWithin(SitePool pool, Visit visit, int capMs) {
        for (int site : pool.geography().nearest(visit.city())) {
            if (pool.geography().rttMs(visit.city(), site) > capMs) {
                return SitePool.NONE;
            }
            if (pool.free(site) > 0) {
                return site;
            }
        }
        return SitePool.NONE;
    }
}
