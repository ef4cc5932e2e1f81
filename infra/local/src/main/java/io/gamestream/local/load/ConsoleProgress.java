package io.gamestream.local.load;

import io.gamestream.local.process.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal, and elsewhere a plain line at the end of each step, which logs keep. */
public final class ConsoleProgress implements LoadProgressView {

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private String step = "";
    private long of;
    private long done;
    private long startedAt;

    public ConsoleProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard output. */
    public static ConsoleProgress standard() {
        return new ConsoleProgress(System.out, Terminal.columns() > 0);
    }

    @Override
    public void begin(String name, long total) {
        end();
        step = name;
        of = total;
        done = 0;
        startedAt = System.nanoTime();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(String.format(Locale.ROOT, "%-9s", name))
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .showSpeed()
                    .build();
        }
    }

    @Override
    public void advance(long by) {
        done += by;
        if (bar != null) {
            bar.stepBy(by);
        }
    }

    @Override
    public void say(String line) {
        end();
        out.println(line);
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        } else if (!step.isEmpty()) {
            out.printf(
                    Locale.ROOT, "%-9s %,d of %,d in %.1f s%n", step, done, of, (System.nanoTime() - startedAt) / 1e9);
        }
        step = "";
    }
}
