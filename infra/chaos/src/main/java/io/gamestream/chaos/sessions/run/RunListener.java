package io.gamestream.chaos.sessions.run;

import io.gamestream.chaos.sessions.plan.Plan.Planned;

/** Is told how a run goes on. */
public interface RunListener {

    /** Something new has begun. */
    void phase(String what);

    /** An act is over. */
    void acted(Planned planned, String how);
}
