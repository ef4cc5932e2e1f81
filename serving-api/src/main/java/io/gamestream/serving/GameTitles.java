package io.gamestream.serving;

import org.jspecify.annotations.Nullable;

/** Titles of all games, of every partition, as this instance knows them now; by the catalogue index of the search part. */
@FunctionalInterface
public interface GameTitles {

    /** The title, or null where the game is unknown here (yet). Called on event loops: no lock, no I/O. */
    @Nullable
    String title(String gameId);
}
