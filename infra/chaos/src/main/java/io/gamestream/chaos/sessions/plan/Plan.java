package io.gamestream.chaos.sessions.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The acts of a run in the order of time: the same for the same seed. */
public record Plan(List<Planned> acts) {

    /**
     * One act.
     *
     * @param at since players began to come
     * @param chance which of several, and how much
     */
    public record Planned(int number, Duration at, Act act, long chance) {

        /** One of so many. */
        public int pick(int of) {
            return (int) Math.floorMod(chance, (long) of);
        }

        @Override
        public String toString() {
            return act.meaning();
        }
    }

    public Plan {
        acts = List.copyOf(acts);
    }

    /**
     * A plan in which each act comes once before any comes twice.
     *
     * @param each acts of each lane
     * @param within the last act comes a step before its end
     */
    public static Plan of(long seed, int each, Duration within) {
        Random random = new Random(seed ^ 0x73657373L);
        List<Planned> acts = new ArrayList<>();
        for (Act.Lane lane : Act.Lane.values()) {
            acts.addAll(lane(lane, each, within, random));
        }
        return numbered(acts);
    }

    /** These acts, evenly spread over the time; those of one lane in this order. */
    public static Plan of(long seed, List<Act> chosen, Duration within) {
        Random random = new Random(seed);
        List<Planned> acts = new ArrayList<>();
        for (Act.Lane lane : Act.Lane.values()) {
            acts.addAll(spread(chosen.stream().filter(act -> act.lane() == lane).toList(), within, random));
        }
        return numbered(acts);
    }

    public long count(Act act) {
        return acts.stream().filter(planned -> planned.act() == act).count();
    }

    private static List<Planned> lane(Act.Lane lane, int count, Duration within, Random random) {
        List<Act> drawn = new ArrayList<>();
        while (drawn.size() < count) {
            List<Act> all = new ArrayList<>(Act.of(lane));
            Collections.shuffle(all, random);
            drawn.addAll(all);
        }
        return spread(drawn.subList(0, count), within, random);
    }

    private static List<Planned> spread(List<Act> acts, Duration within, Random random) {
        List<Planned> planned = new ArrayList<>();
        long step = within.toMillis() / (acts.size() + 1);
        for (int i = 0; i < acts.size(); i++) {
            long at = step / 2 + step * i + random.nextInt((int) Math.max(1, step / 4));
            planned.add(new Planned(0, Duration.ofMillis(at), acts.get(i), random.nextInt(Integer.MAX_VALUE)));
        }
        return planned;
    }

    private static Plan numbered(List<Planned> acts) {
        acts.sort(Comparator.comparing(Planned::at));
        List<Planned> numbered = new ArrayList<>();
        acts.forEach(act -> numbered.add(new Planned(numbered.size() + 1, act.at(), act.act(), act.chance())));
        return new Plan(numbered);
    }
}
