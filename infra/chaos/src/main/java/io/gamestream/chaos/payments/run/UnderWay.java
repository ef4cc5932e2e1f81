package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.plan.Target;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** Which targets are being harmed, and since when one is the only one. Any thread may ask. */
final class UnderWay {

    private final Set<Target> now = EnumSet.noneOf(Target.class);
    private final Map<Target, Long> ended = new EnumMap<>(Target.class);

    synchronized void begin(Target target) {
        now.add(target);
    }

    /** @param nanos of {@link System#nanoTime} */
    synchronized void end(Target target, long nanos) {
        now.remove(target);
        ended.put(target, nanos);
    }

    /**
     * How late a target is. While another one is away as well, nothing may reach it: it counts from when the other is back. One
     * that didn't come back is as late as it was waited for.
     */
    static Duration counted(OptionalLong aloneSince, long from, long now, boolean isBack) {
        return Duration.ofNanos(now - (isBack ? aloneSince.orElse(from) : from));
    }

    /**
     * From when on nothing else was being harmed.
     *
     * @param from of {@link System#nanoTime}; what was over before it does not count
     * @return {@code from}, or when the last act on another target was over since; empty while one is under way
     */
    synchronized OptionalLong aloneSince(Target target, long from) {
        if (now.stream().anyMatch(other -> other != target)) {
            return OptionalLong.empty();
        }
        return LongStream.concat(
                        LongStream.of(from),
                        ended.entrySet().stream()
                                .filter(entry -> entry.getKey() != target)
                                .mapToLong(Map.Entry::getValue))
                .max();
    }
}
