package io.gamestream.topology.session;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.sessions.CellCapacity;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the gate knows besides the player: advisory, a little old, and no part of the player's log. */
public interface GateWorld {

    /** The game of the catalogue; null where there is none. */
    @Nullable
    Game game(String gameId);

    /** What the cells last told, in the order of their ids. */
    Collection<CellCapacity> cells();

    /** How long the cell has told nothing, in ms by the gate's own clock. */
    long silentMs(String cellId);
}
