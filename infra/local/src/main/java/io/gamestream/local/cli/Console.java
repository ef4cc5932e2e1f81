package io.gamestream.local.cli;

import io.gamestream.local.process.Terminal;
import java.io.PrintStream;

/** What the user sees: lines, and on a terminal one status line below them that is written over. */
final class Console {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final int columns;
    private String status = "";

    /** Writes to {@code out}, a terminal of so many columns or, with 0, no terminal. */
    Console(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** On standard output. */
    static Console ofProcess() {
        return new Console(System.out, Terminal.columns());
    }

    boolean isTerminal() {
        return columns > 0;
    }

    synchronized void line(String text) {
        if (isTerminal() && !status.isEmpty()) {
            out.print(ERASE_LINE);
        }
        out.println(text);
        if (isTerminal()) {
            out.print(status);
        }
        out.flush();
    }

    /** Written over the last one; a plain line where standard output is no terminal. */
    synchronized void status(String text) {
        if (isTerminal()) {
            // A line that wraps could not be written over.
            status = text.substring(0, Math.min(text.length(), columns - 1));
            out.print(ERASE_LINE + status);
            out.flush();
        } else {
            line(text);
        }
    }

    synchronized void clearStatus() {
        if (isTerminal() && !status.isEmpty()) {
            out.print(ERASE_LINE);
            out.flush();
        }
        status = "";
    }
}
