package io.gamestream.topology.session;

/** What can happen to a slot. */
enum SlotSignal {
    /** The host says that it has such a slot. */
    REGISTERED,
    /** The host no longer has it. */
    REMOVED,
    /** A ticket gets it. */
    GRANT,
    /** The host prepares the session. */
    HOST_STARTING,
    /** The player is connected. */
    HOST_RUNNING,
    /** The session runs, the player is not connected. */
    HOST_WAITING,
    /** The host runs nothing there. */
    HOST_IDLE,
    /** The host cleans up after a session. */
    HOST_CLEANING,
    HOST_CLEAN_FAILED,
    /** The host runs what the cell doesn't want there. */
    HOST_STRAY,
    /** The player gives it up. */
    RELEASE,
    /** An operator wants it empty now. */
    EVICT,
    /** It has been in its state for as long as it may. */
    DEADLINE,
    /** The host has started anew. */
    REBOOT,
    /** The host is given up. */
    LOST,
    /** The host was given up so long ago that the cell forgets it. */
    FORGOTTEN
}
