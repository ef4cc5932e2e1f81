package io.gamestream.chaos.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

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

    /** Freezes processes for a while; they are never left frozen, for nothing but SIGKILL would end them then. */
    public static void freeze(List<Long> pids, Duration lasts) throws InterruptedException {
        try {
            pids.forEach(Signals::stop);
            Thread.sleep(lasts.toMillis());
        } finally {
            pids.forEach(Signals::resume);
        }
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
