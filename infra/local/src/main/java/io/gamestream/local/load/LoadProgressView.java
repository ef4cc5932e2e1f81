package io.gamestream.local.load;

/** Shows how far a load is, one step after the other. */
public interface LoadProgressView extends AutoCloseable {

    /** A step begins, and the step before has ended. */
    void begin(String step, long of);

    /** So many of the step's records more are done. */
    void advance(long by);

    /** A line of its own, above the bar. */
    void say(String line);

    @Override
    void close();
}
