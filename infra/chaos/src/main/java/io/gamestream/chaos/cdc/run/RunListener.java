package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.plan.Done;
import java.time.Duration;

/** Is told how a run goes on. */
public interface RunListener {

    void stackReady(Duration took);

    /**
     * An act is over.
     *
     * @param of how many there are
     */
    void acted(Done done, int of);

    void checking();
}
