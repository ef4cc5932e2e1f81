package io.gamestream.agent;

/** The part of a host that runs games. Called on the agent's thread; what takes time belongs elsewhere. */
public interface SessionRunner {

    /**
     * Start it; what becomes of it is told by {@link HostAgent#report}. Where it throws, the slot counts as one that could not be
     * cleaned.
     */
    void start(WantedSession session);

    /**
     * Stop it, and clean up; IDLE or CLEAN_FAILED is to be reported then, under the same token. Where it throws it is called again,
     * ten times per heartbeat, until it doesn't.
     */
    void stop(int slot, long token, String reason);
}
