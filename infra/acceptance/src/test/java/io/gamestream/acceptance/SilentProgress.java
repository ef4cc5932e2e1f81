package io.gamestream.acceptance;

import io.gamestream.local.load.LoadProgressView;

/** Nobody watches a load in a test. */
final class SilentProgress implements LoadProgressView {

    @Override
    public void begin(String step, long of) {}

    @Override
    public void advance(long by) {}

    @Override
    public void say(String line) {}

    @Override
    public void close() {}
}
