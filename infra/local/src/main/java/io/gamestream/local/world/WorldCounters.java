package io.gamestream.local.world;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has happened since the start, for a status line.
 *
 * @param seeded whether the world is there; before, nothing moves
 * @param actions by kind, such as PlaceOrder
 * @param plays that Kafka has acknowledged
 * @param errors of Postgres and Kafka; each was tried again
 * @param lastError the newest of them
 */
public record WorldCounters(
        boolean seeded,
        Map<String, Long> actions,
        long plays,
        long errors,
        @Nullable String lastError) {

    public WorldCounters {
        actions = Map.copyOf(actions);
    }

    /** Everything that was carried out. */
    public long total() {
        return actions.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(String kind) {
        return actions.getOrDefault(kind, 0L);
    }

    /** One line. */
    @Override
    public String toString() {
        if (!seeded) {
            return "world: being made" + problem();
        }
        return String.format(
                Locale.ROOT,
                "world: %,d orders placed, %,d settled, %,d plays, %,d sign-ups, %,d other changes%s",
                of("PlaceOrder"),
                of("SettleOrder"),
                plays,
                of("AddUser"),
                actions.entrySet().stream()
                        .filter(entry -> !Set.of("PlaceOrder", "SettleOrder", "PlayGame", "AddUser")
                                .contains(entry.getKey()))
                        .collect(Collectors.summingLong(Map.Entry::getValue)),
                problem());
    }

    private String problem() {
        return errors == 0 ? "" : String.format(Locale.ROOT, ", %,d errors (last: %s)", errors, lastError);
    }
}
