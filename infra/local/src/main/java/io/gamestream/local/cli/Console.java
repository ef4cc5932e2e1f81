package io.gamestream.local.cli;

import java.io.PrintStream;

/** What the user sees: lines, and on a terminal one status line below them that is written over. */
final class Console {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String status = "";

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The launcher script knows whether standard output is a terminal; Java doesn't. */
    static Console ofProcess() {
        return new Console(System.out, Boolean.getBoolean("backbone.terminal"));
    }

    boolean isTerminal() {
        return terminal;
    }

    synchronized void line(String text) {
        if (terminal && !status.isEmpty()) {
            out.print(ERASE_LINE);
        }
        out.println(text);
        if (terminal) {
            out.print(status);
        }
        out.flush();
    }

    /** Written over the last one; a plain line where standard output is no terminal. */
    synchronized void status(String text) {
        if (terminal) {
            status = text;
            out.print(ERASE_LINE + text);
            out.flush();
        } else {
            line(text);
        }
    }

    synchronized void clearStatus() {
        if (terminal && !status.isEmpty()) {
            out.print(ERASE_LINE);
            out.flush();
        }
        status = "";
    }
}
