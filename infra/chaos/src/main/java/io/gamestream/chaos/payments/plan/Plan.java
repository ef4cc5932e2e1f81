package io.gamestream.chaos.payments.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** The acts of a run in the order of time: the same for the same seed. */
public record Plan(List<Planned> acts) {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final double KILLED = 0.75;

    /**
     * The share of the load over which the acts are spread. What was killed takes its time to work again, the next act waits
     * for it, and an act after the load's end would harm nobody: the rest of the load is room for those that are late.
     */
    private static final double SPREAD = 0.95;

    /** Of so many acts the last one is a restart. */
    private static final int RESTART_EVERY = 6;

    /**
     * One act.
     *
     * @param at since the load began
     * @param pause how long a process is frozen
     */
    public record Planned(int number, Duration at, Act act, Target target, Duration pause) {

        @Override
        public String toString() {
            return target.service() + " " + act.meaning();
        }
    }

    public Plan {
        acts = List.copyOf(acts);
    }

    /**
     * A plan.
     *
     * @param kills and freezes; orderly restarts come on top, one for five of them
     * @param within the load's duration; the last act is due some time before its end
     */
    public static Plan of(long seed, int kills, Duration within) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x6163747300L);
        List<Planned> acts = new ArrayList<>();
        List<Target> targets = List.copyOf(EnumSet.allOf(Target.class));
        int count = kills + kills / (RESTART_EVERY - 1);
        long step = (long) (within.toMillis() * SPREAD) / (count + 1);
        for (int i = 0; i < count; i++) {
            // Each target is killed before chance has its way.
            boolean first = i < targets.size();
            Target target = targets.get(first ? i : random.nextInt(targets.size()));
            double drawn = first ? 0 : random.nextDouble();
            Act act = (i + 1) % RESTART_EVERY == 0 ? Act.RESTART : drawn < KILLED ? Act.KILL : Act.PAUSE;
            if (target == Target.WORKER && act == Act.PAUSE && random.nextBoolean()) {
                act = Act.ZOMBIE;
            }
            long at = step * (i + 1) + random.nextLong(Math.max(1, step / 2));
            Duration pause = Duration.ofMillis(500 + random.nextLong(LONGEST_PAUSE.toMillis()));
            acts.add(new Planned(i + 1, Duration.ofMillis(at), act, target, pause));
        }
        return new Plan(acts);
    }

    public long count(Act act) {
        return acts.stream().filter(planned -> planned.act() == act).count();
    }
}
