package io.gamestream.chaos.cdc.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The acts of a run, in order: the same for the same seed.
 *
 * @param acts first those inside the snapshot, since it comes once
 */
public record Plan(List<Planned> acts) {

    private static final double SNAPSHOT_SHARE = 0.15;
    private static final double IDLE_SHARE = 0.15;
    private static final double START_SHARE = 0.2;

    /** A JVM is up within that; a kill at a random moment of it hits every stage of the start. */
    private static final Duration START = Duration.ofSeconds(4);

    private static final Duration IDLE = Duration.ofSeconds(2);

    /**
     * One act.
     *
     * @param delay after the condition of the act holds (started, ready, idle)
     * @param share of the snapshot's rows after which a kill inside it comes; otherwise unused
     */
    public record Planned(Act act, Duration delay, double share) {}

    /**
     * What to plan.
     *
     * @param kills with SIGKILL
     * @param zombies how often a stopped instance comes back after another one took over
     * @param postgresCrashes of the database
     * @param brokerAbsences of the broker
     * @param streaming longest time that changes stream before a kill
     */
    public record Wish(int kills, int zombies, int postgresCrashes, int brokerAbsences, Duration streaming) {

        public Wish {
            if (kills < 1) {
                throw new IllegalArgumentException("kills: " + kills + " (expected: >= 1)");
            }
        }
    }

    public Plan {
        acts = List.copyOf(acts);
    }

    public static Plan of(long seed, Wish wish) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x6b696c6cL);
        List<Act> later = new ArrayList<>();
        int inSnapshot = share(wish.kills(), SNAPSHOT_SHARE, 1);
        int atStart = share(wish.kills() - inSnapshot, START_SHARE, 2);
        int idle = share(wish.kills() - inSnapshot - atStart, IDLE_SHARE, 2);
        add(later, Act.KILL_AT_START, atStart);
        add(later, Act.KILL_IDLE, idle);
        add(later, Act.KILL_STREAMING, wish.kills() - inSnapshot - atStart - idle);
        add(later, Act.ZOMBIE, wish.zombies());
        add(later, Act.POSTGRES_CRASH, wish.postgresCrashes());
        add(later, Act.BROKER_AWAY, wish.brokerAbsences());
        Collections.shuffle(later, new Random(random.nextLong()));
        List<Act> all = new ArrayList<>();
        add(all, Act.KILL_IN_SNAPSHOT, inSnapshot);
        all.addAll(later);
        return new Plan(all.stream()
                .map(act -> new Planned(act, delay(act, wish.streaming(), random), random.nextDouble(0.05, 0.75)))
                .toList());
    }

    public long count(Act act) {
        return acts.stream().filter(planned -> planned.act() == act).count();
    }

    /** At least one, where there is enough for the others. */
    private static int share(int of, double share, int enough) {
        return of < enough ? 0 : Math.max(1, (int) Math.round(of * share));
    }

    private static Duration delay(Act act, Duration streaming, SplittableRandom random) {
        long most =
                switch (act) {
                    case KILL_IN_SNAPSHOT -> 1;
                    case KILL_AT_START -> START.toMillis();
                    case KILL_IDLE -> IDLE.toMillis();
                    case KILL_STREAMING, ZOMBIE, POSTGRES_CRASH, BROKER_AWAY -> Math.max(1, streaming.toMillis());
                };
        return Duration.ofMillis(random.nextLong(most));
    }

    private static void add(List<Act> acts, Act act, int count) {
        acts.addAll(Collections.nCopies(count, act));
    }
}
