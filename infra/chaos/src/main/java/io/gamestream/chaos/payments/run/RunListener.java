package io.gamestream.chaos.payments.run;

import io.gamestream.chaos.payments.plan.Plan.Planned;
import java.time.Duration;

/** Is told how a run goes on. */
public interface RunListener {

    /** Something new has begun. */
    void phase(String what);

    /** An act is over; records were processed again after that long. */
    void acted(Planned planned, Duration again);
}
