package io.gamestream.cdc.position;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the capture must remember beyond the LSN, kept as JSON in {@code Position.engineOffset}.
 *
 * @param phase whether the first snapshot is complete
 * @param instance the process that wrote this: one that finds another's here after trouble has lost the slot to it
 * @param tables whose rows are all in Kafka
 * @param backfills tables that were added later and are being read: for each partition of the topic its end before, so that
 *     keys from an earlier time that the table has no more can be told afterwards
 * @param readFrom end of the log before the reading of such a table was asked for: it shows all that was committed by then
 * @param unswept tables of {@code backfills} that have been read to their end; keys that only the topic has are still to be removed
 * @param filled fields with a default that the rows of a table have had a column for: if one loses it, its default would pass for a
 *     value
 * @param engine what the engine is started with: {@code lsn}, {@code lsn_commit} and the state of incremental snapshots
 * @param partial the transaction that was cut by its size, if any
 */
public record Progress(
        Phase phase,
        String instance,
        Set<String> tables,
        Map<String, Map<Integer, Long>> backfills,
        Map<String, Long> readFrom,
        Set<String> unswept,
        Map<String, Set<String>> filled,
        Map<String, Object> engine,
        @Nullable Partial partial) {

    /** {@code instance} of a position that an operator has set back. */
    public static final String RESET = "reset";

    /** What the engine's state of incremental snapshots begins with, in {@code engine}. */
    public static final String INCREMENTAL = "incremental_snapshot";

    /**
     * The same, but with a table whose rows have to be read again. Readings that are under way begin anew as well: the engine
     * would go on with the old one, and its end would be taken for the end of the new one.
     */
    public Progress without(String table) {
        Set<String> others = new HashSet<>(tables);
        others.remove(table);
        Map<String, Object> idle = new HashMap<>(engine);
        idle.keySet().removeIf(name -> name.startsWith(INCREMENTAL));
        return new Progress(phase, RESET, others, Map.of(), Map.of(), Set.of(), filledOf(others), idle, partial);
    }

    /** The same, without tables that are captured no longer: one that comes back has missed changes, and is a new one. */
    public Progress of(Collection<String> captured) {
        Set<String> still = new HashSet<>(tables);
        still.retainAll(captured);
        return new Progress(phase, instance, still, backfills, readFrom, unswept, filledOf(captured), engine, partial);
    }

    private Map<String, Set<String>> filledOf(Collection<String> some) {
        Map<String, Set<String>> theirs = new HashMap<>(filled);
        theirs.keySet().retainAll(some);
        return theirs;
    }

    /** Where a capture is in its life. */
    public enum Phase {
        SNAPSHOT,
        STREAMING
    }

    /**
     * A Postgres transaction that is too large for one Kafka transaction, and how much of it is written.
     *
     * @param commitLsn which transaction
     * @param rows of it, from its first on, are in Kafka and are to be passed over when it comes again
     */
    public record Partial(long commitLsn, long rows) {}

    public Progress {
        tables = Set.copyOf(tables);
        backfills = Map.copyOf(backfills);
        // Absent in what the first versions wrote.
        readFrom = Map.copyOf(Objects.requireNonNullElse(readFrom, Map.of()));
        filled = Map.copyOf(Objects.requireNonNullElse(filled, Map.of()));
        unswept = Set.copyOf(Objects.requireNonNullElse(unswept, Set.of()));
        engine = Map.copyOf(engine);
    }
}
