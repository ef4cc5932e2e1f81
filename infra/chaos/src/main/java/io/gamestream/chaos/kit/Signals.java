package io.gamestream.chaos.kit;

import java.io.IOException;

/** What {@code ProcessHandle} can't do to processes. */
public final class Signals {

    private Signals() {}

    /** The process is frozen with everything that it holds, until {@link #resume}. */
    public static void stop(long pid) {
        send("STOP", pid);
    }

    public static void resume(long pid) {
        send("CONT", pid);
    }

    public static void kill(long pid) {
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
