package io.gamestream.local.load;

import java.util.List;
import java.util.Locale;

/** What a load did and what is there now, counted where it was loaded to. */
public record LoadSummary(List<Row> rows) {

    /**
     * One kind of thing.
     *
     * @param expected by the files
     * @param added by this run
     * @param found afterwards
     * @param distinct different ids among those found
     */
    public record Row(String what, long expected, long added, long found, long distinct) {

        boolean holds() {
            return found == expected && distinct == expected;
        }
    }

    public LoadSummary {
        rows = List.copyOf(rows);
    }

    /** Whether everything is there, once. */
    public boolean holds() {
        return rows.stream().allMatch(Row::holds);
    }

    /** Whether everything had been there before. */
    public boolean changedNothing() {
        return rows.stream().allMatch(row -> row.added() == 0);
    }

    /** A table for people, and a last line that says how it went. */
    public String table() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-8s %10s %10s %10s%n", "", "in files", "added", "loaded"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %,10d %,10d %,10d  %s%n",
                    row.what(),
                    row.expected(),
                    row.added(),
                    row.found(),
                    verdict(row)));
        }
        return text.append(lastLine()).toString();
    }

    private String lastLine() {
        if (!holds()) {
            return "NOT as in the files: see the lines above";
        }
        return changedNothing()
                ? "Everything was there already: nothing was changed."
                : "Everything is there, exactly once.";
    }

    private static String verdict(Row row) {
        if (row.holds()) {
            return "ok";
        }
        return row.found() == row.distinct()
                ? "DIFFERS by " + (row.found() - row.expected())
                : "DIFFERS: only " + row.distinct() + " different ids";
    }
}
