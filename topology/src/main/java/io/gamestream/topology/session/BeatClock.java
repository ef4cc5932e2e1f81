package io.gamestream.topology.session;

/** The detector's time, in ms from its start: what routers' beats say. */
final class BeatClock {

    /** More than there are routers. Each beats once a second: one that is left alone is behind for so many seconds. */
    private static final int BEATS_BEHIND = 30;

    private final long longestBeat;
    private long clock;
    private long lastBeat;
    private int behind;

    /**
     * A clock that stands at 0.
     *
     * @param longestBeat in ms: a beat moves it on by that much at most
     */
    BeatClock(long longestBeat) {
        this.longestBeat = longestBeat;
    }

    long now() {
        return clock;
    }

    /**
     * Time is that of the router whose clock is furthest ahead. Once so many beats in a row are behind it, it isn't heard any
     * more, and time goes on by those that are: with a clock that was an hour ahead nobody would be silent for an hour.
     */
    void beat(long at) {
        if (lastBeat != 0 && at < lastBeat && ++behind < BEATS_BEHIND) {
            return;
        }
        long since = lastBeat == 0 ? 0 : at - lastBeat;
        clock += Math.max(0, Math.min(since, longestBeat));
        lastBeat = at;
        behind = 0;
    }
}
