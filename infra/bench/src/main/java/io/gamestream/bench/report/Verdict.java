package io.gamestream.bench.report;

/** Whether a figure is where it must be; {@code NONE} where nothing is demanded of it. */
public enum Verdict {
    MET("yes"),
    MISSED("NO"),
    NONE("");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Verdict of(boolean met) {
        return met ? MET : MISSED;
    }
}
