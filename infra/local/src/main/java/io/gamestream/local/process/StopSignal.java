package io.gamestream.local.process;

import java.io.IOException;

/** How a process is asked to leave. */
public enum StopSignal {
    TERM,
    /** Postgres: end the sessions and leave; TERM would wait until the clients go. */
    INT,
    /** Work that has nothing to lose, and that would not look up from it. */
    KILL;

    void send(ProcessHandle process) {
        switch (this) {
            case TERM -> process.destroy();
            case KILL -> process.destroyForcibly();
            case INT -> interrupt(process);
        }
    }

    private static void interrupt(ProcessHandle process) {
        try {
            // Java sends nothing but TERM and KILL.
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
