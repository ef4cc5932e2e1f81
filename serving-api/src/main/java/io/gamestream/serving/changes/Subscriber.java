package io.gamestream.serving.changes;

/** What a reader of a view's topic has on its other side: a client, or a test. */
interface Subscriber {

    /** Where changes are put. */
    Outbox outbox();

    /** Tells that from now on the tail offers every change. Called under the tail's lock. */
    void joined();

    /** Tells that there is something in the outbox; returns at once. */
    void wake();

    /** Whether it has gone; nothing more is offered then. */
    boolean isClosed();

    /** Ends it, since its outbox is full and it is too slow, or since its reader can't go on. It may come back and resume. */
    void disconnect(String why);
}
