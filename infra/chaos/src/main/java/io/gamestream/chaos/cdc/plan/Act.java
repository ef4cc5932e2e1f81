package io.gamestream.chaos.cdc.plan;

/** What is done to the capture or to its surroundings. */
public enum Act {
    KILL_IN_SNAPSHOT("kill -9 inside the initial snapshot"),
    KILL_STREAMING("kill -9 while changes stream"),
    KILL_IDLE("kill -9 when everything is delivered"),
    KILL_AT_START("kill -9 right after a start"),
    ZOMBIE("SIGSTOP, a second instance takes over, SIGCONT"),
    POSTGRES_CRASH("kill -9 of a Postgres backend: all sessions end, the server recovers"),
    BROKER_AWAY("the broker stops and comes back");

    private final String meaning;

    Act(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether it ends a capture process with SIGKILL. */
    public boolean kills() {
        return this == KILL_IN_SNAPSHOT || this == KILL_STREAMING || this == KILL_IDLE || this == KILL_AT_START;
    }
}
