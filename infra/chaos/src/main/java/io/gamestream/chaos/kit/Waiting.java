package io.gamestream.chaos.kit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits in small steps. */
public final class Waiting {

    private Waiting() {}

    /** Whether the condition came true in time. */
    public static boolean until(Duration within, Duration every, BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(every.toMillis());
        }
        return true;
    }
}
