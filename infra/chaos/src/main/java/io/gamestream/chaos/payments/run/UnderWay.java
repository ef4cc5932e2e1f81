package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.plan.Target;
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
