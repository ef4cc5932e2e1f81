package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.plan.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When which targets were away: from the act on until they were ready again. Any thread may ask. Times are of {@link System#nanoTime}. */
final class UnderWay {

    private static final class Harm {
        private final Target target;
        private final long from;
        private long until = Long.MAX_VALUE;

        Harm(Target target, long from) {
            this.target = target;
            this.from = from;
        }
    }

    private final List<Harm> harms = new ArrayList<>();

    synchronized void begin(Target target, long nanos) {
        harms.add(new Harm(target, nanos));
    }

    synchronized void end(Target target, long nanos) {
        harms.stream()
                .filter(harm -> harm.target == target && harm.until == Long.MAX_VALUE)
                .forEach(harm -> harm.until = nanos);
    }

    /** How much of a time no other target was away: while one is, being slow proves nothing. */
    synchronized Duration alone(Target target, long from, long until) {
        List<Harm> others = harms.stream()
                .filter(harm -> harm.target != target && harm.until > from && harm.from < until)
                .sorted(Comparator.comparingLong(harm -> harm.from))
                .toList();
        long alone = 0;
        long at = from;
        for (Harm other : others) {
            alone += Math.max(0, other.from - at);
            at = Math.max(at, Math.min(other.until, until));
        }
        return Duration.ofNanos(alone + until - at);
    }
}
