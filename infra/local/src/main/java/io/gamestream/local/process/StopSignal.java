package io.gamestream.local.process;

import java.io.IOException;

/** How a process is asked to leave. */
public enum StopSignal {
    TERM,
    /** Postgres: end the sessions and leave; TERM would wait until the clients go. */
    INT;

    void send(ProcessHandle process) {
        if (this == TERM) {
            process.destroy();
            return;
        }
        try {
            // Java sends nothing but TERM and KILL.
            new ProcessBuilder("sh", "-c", "kill -" + name() + " " + process.pid())
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
