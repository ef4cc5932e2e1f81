package io.gamestream.agent;

/** What the host is to do now. */
public sealed interface Action {

    /** Start a session. */
    record Start(WantedSession session) implements Action {}

    /**
     * Stop a session and clean up after it.
     *
     * @param reason for the log
     */
    record Stop(int slot, long token, String sessionId, String reason) implements Action {}
}
