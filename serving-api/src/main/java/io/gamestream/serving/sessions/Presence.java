package io.gamestream.serving.sessions;

import io.gamestream.schemas.sessions.SessionStatus;

/**
 * How many players are somewhere.
 *
 * @param playing connected to their sessions
 * @param starting granted a slot, and not connected for the first time yet
 * @param resumable away from sessions that wait for them
 * @param queued waiting for a slot
 */
record Presence(int playing, int starting, int resumable, int queued) {

    static final Presence NONE = new Presence(0, 0, 0, 0);

    /** One player with a session of that status; nobody for one that has ended. */
    static Presence of(SessionStatus status) {
        return switch (status) {
            case ACTIVE -> new Presence(1, 0, 0, 0);
            case GRANTED, STARTING -> new Presence(0, 1, 0, 0);
            case RESUMABLE -> new Presence(0, 0, 1, 0);
            case QUEUED, HANDED_BACK -> new Presence(0, 0, 0, 1);
            case ENDED, UNKNOWN -> NONE;
        };
    }

    Presence plus(Presence other) {
        return new Presence(
                playing + other.playing, starting + other.starting, resumable + other.resumable, queued + other.queued);
    }

    Presence minus(Presence other) {
        return new Presence(
                playing - other.playing, starting - other.starting, resumable - other.resumable, queued - other.queued);
    }

    int players() {
        return playing + starting + resumable + queued;
    }
}
