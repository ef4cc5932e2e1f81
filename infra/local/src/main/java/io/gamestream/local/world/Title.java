package io.gamestream.local.world;

import io.gamestream.schemas.catalog.GameStatus;
import java.util.Set;

/** What the world knows of a game. */
record Title(int number, Set<Genre> genres, long priceMinor, GameStatus status, boolean ordered) {

    boolean isActive() {
        return status == GameStatus.ACTIVE;
    }

    Title withPrice(long minor) {
        return new Title(number, genres, minor, status, ordered);
    }

    Title withStatus(GameStatus other) {
        return new Title(number, genres, priceMinor, other, ordered);
    }

    Title withOrder() {
        return ordered ? this : new Title(number, genres, priceMinor, status, true);
    }
}
