package io.gamestream.local.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts, from any thread. */
final class WorldTally {

    private final Map<String, LongAdder> actions = new ConcurrentHashMap<>();
    private final LongAdder plays = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile @Nullable String lastError;
    private volatile boolean seeded;

    void seeded() {
        seeded = true;
    }

    void done(Action action) {
        actions.computeIfAbsent(action.getClass().getSimpleName(), kind -> new LongAdder())
                .increment();
    }

    void play() {
        plays.increment();
    }

    void error(Throwable e) {
        errors.increment();
        String message = e.getMessage();
        lastError = message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    WorldCounters read() {
        return new WorldCounters(
                seeded,
                actions.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .sum())),
                plays.sum(),
                errors.sum(),
                lastError);
    }
}
