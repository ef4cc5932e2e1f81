package io.gamestream.local.world;

/** The database holds a world of another seed. */
public final class WorldMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorldMismatch(long found, long wanted) {
        super("setting local.world.seed: " + wanted + " (expected: " + found
                + ", the seed of the world that is in the database)");
    }
}
