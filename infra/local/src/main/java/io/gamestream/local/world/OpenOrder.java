package io.gamestream.local.world;

import java.util.List;

/** An order that something may still happen to. */
record OpenOrder(int number, int user, List<Integer> games) {

    OpenOrder {
        games = List.copyOf(games);
    }
}
