package io.gamestream.topology.payment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One level of the transition table: for each state and signal the next state, which may be the same. Immutable, and every
 * cell is filled.
 */
final class TransitionTable<S extends Enum<S>, G extends Enum<G>> {

    /** One arrow. */
    record Row(String level, String signal, String from, String to) {}

    private final String level;
    private final Map<S, Map<G, S>> next;

    private TransitionTable(String level, Map<S, Map<G, S>> next) {
        this.level = level;
        this.next = next;
    }

    /** Begins the table of a level; states that aren't named don't exist on it. */
    static <S extends Enum<S>, G extends Enum<G>> Builder<S, G> of(
            String level, Class<S> states, Class<G> signals, Set<S> named) {
        return new Builder<>(level, states, signals, named);
    }

    String level() {
        return level;
    }

    /**
     * The state after it.
     *
     * @throws IllegalStateException for a state that doesn't exist on this level
     */
    S next(S state, G signal) {
        Map<G, S> row = next.get(state);
        if (row == null) {
            throw new IllegalStateException(level + " can't be " + state + " (expected: one of " + next.keySet() + ")");
        }
        return Objects.requireNonNull(row.get(signal));
    }

    Set<S> states() {
        return next.keySet();
    }

    /** The arrows that lead to another state, in the order of the states. */
    List<Row> moves() {
        List<Row> rows = new ArrayList<>();
        next.forEach((from, row) -> row.forEach((signal, to) -> {
            if (from != to) {
                rows.add(new Row(level, signal.name(), from.name(), to.name()));
            }
        }));
        return rows;
    }

    /** Collects the arrows of one level. */
    static final class Builder<S extends Enum<S>, G extends Enum<G>> {

        private final String level;
        private final Class<G> signals;
        private final Map<S, Map<G, S>> next;

        private Builder(String level, Class<S> states, Class<G> signals, Set<S> named) {
            this.level = level;
            this.signals = signals;
            this.next = new EnumMap<>(states);
            named.forEach(state -> next.put(state, new EnumMap<>(signals)));
        }

        /** A signal leads from each of these states to that one. */
        @SafeVarargs
        final Builder<S, G> moves(G signal, S to, S... from) {
            for (S state : from) {
                put(state, signal, to);
            }
            return this;
        }

        /** A signal leads from every state to that one, but for these. */
        @SafeVarargs
        final Builder<S, G> movesUnless(G signal, S to, S... not) {
            List<S> from = new ArrayList<>(next.keySet());
            from.remove(to);
            for (S state : not) {
                from.remove(state);
            }
            from.forEach(state -> put(state, signal, to));
            return this;
        }

        /** A signal changes nothing in any state of which nothing was said; said once per signal, after its arrows. */
        @SafeVarargs
        final Builder<S, G> elsewhereStays(G... several) {
            for (G signal : several) {
                next.forEach((state, row) -> row.putIfAbsent(signal, state));
            }
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalStateException where a cell is empty
         */
        TransitionTable<S, G> build() {
            next.forEach((state, row) -> Arrays.stream(signals.getEnumConstants())
                    .filter(signal -> !row.containsKey(signal))
                    .forEach(signal -> {
                        throw new IllegalStateException(level + ": nothing is said of " + signal + " in " + state);
                    }));
            return new TransitionTable<>(level, next);
        }

        private void put(S state, G signal, S to) {
            Map<G, S> row = next.get(state);
            @Nullable S was = row == null || !next.containsKey(to) ? null : row.put(signal, to);
            if (row == null || !next.containsKey(to) || was != null) {
                throw new IllegalStateException(level + ": " + signal + " from " + state + " to " + to
                        + " (expected: known states, said once)");
            }
        }
    }
}
