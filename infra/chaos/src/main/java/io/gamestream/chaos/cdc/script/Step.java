package io.gamestream.chaos.cdc.script;

import java.util.List;
import java.util.stream.Stream;

/** One SQL statement of a transaction, or a savepoint with what is undone after it. */
public sealed interface Step {

    /** What it does to each key, in order; nothing where it is undone. */
    Stream<Change> changes();

    /** {@code COPY ... FROM STDIN}: all its rows can share one position in the database's log. */
    record Copy(List<GameRow> rows) implements Step {
        @Override
        public Stream<Change> changes() {
            return rows.stream().map(Change::of);
        }
    }

    /** One {@code INSERT} with a row per {@code VALUES} tuple. */
    record Insert(List<GameRow> rows) implements Step {
        @Override
        public Stream<Change> changes() {
            return rows.stream().map(Change::of);
        }
    }

    /**
     * One {@code UPDATE} of one or several rows.
     *
     * @param after the whole rows as they are afterwards
     * @param description whether that column is set; otherwise the database does not log a large one again
     */
    record Update(List<GameRow> after, boolean description) implements Step {
        @Override
        public Stream<Change> changes() {
            return after.stream().map(Change::of);
        }
    }

    /** One {@code DELETE}. */
    record Delete(List<String> keys) implements Step {
        @Override
        public Stream<Change> changes() {
            return keys.stream().map(Change::deletion);
        }
    }

    /**
     * An {@code UPDATE} of the primary key: the old key goes, the new one comes.
     *
     * @param description as in {@link Update}
     */
    record Rekey(String from, GameRow after, boolean description) implements Step {
        @Override
        public Stream<Change> changes() {
            return Stream.of(Change.deletion(from), Change.of(after));
        }
    }

    /** {@code SAVEPOINT}, the steps, {@code ROLLBACK TO SAVEPOINT}. */
    record Undone(List<Step> steps) implements Step {
        @Override
        public Stream<Change> changes() {
            return Stream.of();
        }
    }
}
