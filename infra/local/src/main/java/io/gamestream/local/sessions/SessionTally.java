package io.gamestream.local.sessions;

import java.util.concurrent.atomic.AtomicLong;

/** Counts; written on the event loop, read from any thread. */
final class SessionTally {

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong playing = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong ticketsRefused = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private volatile String line = "";

    void requested() {
        requests.incrementAndGet();
    }

    /** One player more in line, or less. */
    void waits(boolean now) {
        waiting.addAndGet(now ? 1 : -1);
    }

    /** One player more with a slot, or less. */
    void plays(boolean now) {
        playing.addAndGet(now ? 1 : -1);
    }

    void ended() {
        ended.incrementAndGet();
    }

    void abandoned() {
        abandoned.incrementAndGet();
    }

    void refused() {
        refused.incrementAndGet();
    }

    void moved() {
        moved.incrementAndGet();
    }

    void connected() {
        connected.incrementAndGet();
    }

    void ticketRefused() {
        ticketsRefused.incrementAndGet();
    }

    void runsTwice() {
        twice.incrementAndGet();
    }

    void retried() {
        retries.incrementAndGet();
    }

    /** What the last player in line was told. */
    void told(String place) {
        line = place;
    }

    SessionCounters read(int slots) {
        return new SessionCounters(
                slots,
                requests.get(),
                waiting.get(),
                waiting.get() > 0 ? line : "",
                playing.get(),
                ended.get(),
                abandoned.get(),
                refused.get(),
                moved.get(),
                connected.get(),
                ticketsRefused.get(),
                twice.get(),
                retries.get());
    }
}
