package io.gamestream.local.stack;

import io.gamestream.local.process.ChildProcess;
import io.gamestream.local.process.LogTail;
import java.io.IOException;
import java.time.Duration;

/** Waits until a child process answers. */
final class Readiness {

    private static final long PAUSE_MS = 20;
    private static final int TAIL_LINES = 12;

    /** Asks once; an {@code IOException} means "not yet". */
    @FunctionalInterface
    interface Question {
        boolean isReady() throws IOException;
    }

    private Readiness() {}

    /** @throws StackException with the end of the log, as soon as the process dies or when the time is over */
    static void await(String what, ChildProcess process, Duration timeout, Question question) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!answers(question)) {
            if (!process.isAlive()) {
                throw new StackException(what + " did not start:\n" + LogTail.of(process.log(), TAIL_LINES));
            }
            if (System.nanoTime() > deadline) {
                throw new StackException(what + " was not ready within " + timeout.toSeconds() + " s:\n"
                        + LogTail.of(process.log(), TAIL_LINES));
            }
            pause(what);
        }
    }

    private static boolean answers(Question question) {
        try {
            return question.isReady();
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause(String what) {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for " + what, e);
        }
    }
}
