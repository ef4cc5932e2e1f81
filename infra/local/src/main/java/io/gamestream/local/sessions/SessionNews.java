package io.gamestream.local.sessions;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells what happens, in words for whoever watches; of what happens all the time, now and then. */
final class SessionNews {

    /** What is told, and how often at most. */
    enum Kind {
        TROUBLE(Duration.ZERO),
        MOVE(Duration.ofSeconds(2)),
        QUEUE(Duration.ofSeconds(15)),
        GRANT(Duration.ofSeconds(15)),
        RESUME(Duration.ofSeconds(15)),
        PARTY(Duration.ofSeconds(15));

        private final Duration every;

        Kind(Duration every) {
            this.every = every;
        }
    }

    private final Consumer<String> to;
    private final Map<Kind, Long> last = new EnumMap<>(Kind.class);

    SessionNews(Consumer<String> to) {
        this.to = to;
    }

    void tell(Kind kind, String line) {
        long now = System.nanoTime();
        Long before = last.get(kind);
        if (before == null || now - before >= kind.every.toNanos()) {
            last.put(kind, now);
            to.accept("  sessions: " + line);
        }
    }
}
