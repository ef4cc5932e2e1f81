package io.gamestream.agent;

/** What a slot does; as the heartbeat words it. */
public enum SlotPhase {
    IDLE,
    STARTING,
    /** The player is connected. */
    RUNNING,
    /** The session runs, and the player isn't connected. */
    WAITING,
    CLEANING,
    CLEAN_FAILED;

    /** A session is there. */
    boolean isBusy() {
        return this == STARTING || this == RUNNING || this == WAITING;
    }
}
