package io.gamestream.bench.quality;

/** Places players. Hears of everything in the order of time. */
interface Matchmaker {

    /** Takes what it decides. */
    @FunctionalInterface
    interface Grants {
        /** A visit gets a slot of a site, from now on. */
        void grant(Visit visit, int site);
    }

    /** Its name in the table. */
    String name();

    /** To be called first. */
    void open(Trace trace, Grants grants);

    void arrive(Visit visit, long now);

    /** A player who waits leaves. */
    void giveUp(Visit visit, long now);

    /** A session has ended; its slot is being cleaned. */
    void leave(Visit visit, int site, long now);

    /** The slot of a session that has ended is clean. */
    void freed(Visit visit, int site, long now);

    /** A second has passed. */
    void second(long now);
}
