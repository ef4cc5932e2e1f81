package io.gamestream.local.psp.core;

/**
 * Something that the world will do.
 *
 * @param dueAt milliseconds of the epoch
 */
public record Task(String id, long dueAt, Command.World what) {

    /** The id of the task that releases an intent's authorization: it is dropped when there is nothing left to release. */
    static String expiryOf(String intent) {
        return "task_expiry_" + intent;
    }
}
