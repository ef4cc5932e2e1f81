package io.gamestream.local.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the world knows of a user. */
final class Player {

    private final int number;
    private final Set<Genre> taste;
    private final List<Integer> games = new ArrayList<>();
    private final List<Integer> unpaid = new ArrayList<>();
    private Region region;
    private boolean hasOrdered;

    Player(int number, Region region, Set<Genre> taste) {
        this.number = number;
        this.region = region;
        this.taste = taste;
    }

    int number() {
        return number;
    }

    Region region() {
        return region;
    }

    void moveTo(Region other) {
        region = other;
    }

    Set<Genre> taste() {
        return taste;
    }

    /** Paid for and not refunded. */
    List<Integer> games() {
        return games;
    }

    /** Whether the player has this game, or has ordered it and not paid yet. */
    boolean wants(int game) {
        return games.contains(game) || unpaid.contains(game);
    }

    boolean hasOrdered() {
        return hasOrdered;
    }

    void ordered(List<Integer> what) {
        hasOrdered = true;
        unpaid.addAll(what);
    }

    void paid(List<Integer> what) {
        unpaid.removeAll(what);
        games.addAll(what);
    }

    /** Cancelled or refunded. */
    void returned(List<Integer> what) {
        unpaid.removeAll(what);
        games.removeAll(what);
    }
}
