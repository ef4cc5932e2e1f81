package io.gamestream.local.process;

/** Standard output as the launcher script has found it: Java can't tell whether it is a terminal, and how wide. */
public final class Terminal {

    /** What the script hands on: a number of columns, 0 for no terminal. */
    public static final String COLUMNS = "backbone.columns";

    private Terminal() {}

    /** 0: standard output is no terminal. */
    public static int columns() {
        return Integer.getInteger(COLUMNS, 0);
    }
}
