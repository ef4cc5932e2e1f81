package io.gamestream.chaos.cdc.run;

import java.io.IOException;

/** What {@code ProcessHandle} can't do to processes. */
final class Signals {

    private Signals() {}

    /** The process is frozen with everything that it holds, until {@link #resume}. */
    static void stop(long pid) {
        send("STOP", pid);
    }

    static void resume(long pid) {
        send("CONT", pid);
    }

    static void kill(long pid) {
        send("KILL", pid);
    }

    private static void send(String signal, long pid) {
        try {
            int status = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new ChaosException("kill -" + signal + " " + pid + " ended with status " + status);
            }
        } catch (IOException e) {
            throw new ChaosException("kill -" + signal + " " + pid + " could not be run", e);
        }
    }
}
