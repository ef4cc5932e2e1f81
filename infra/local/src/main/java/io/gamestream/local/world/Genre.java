package io.gamestream.local.world;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What games are, and what players like. */
enum Genre {
    ACTION("Action"),
    ADVENTURE("Adventure"),
    RPG("RPG"),
    STRATEGY("Strategy"),
    SIMULATION("Simulation"),
    RACING("Racing"),
    SPORTS("Sports"),
    PUZZLE("Puzzle"),
    PLATFORMER("Platformer"),
    HORROR("Horror"),
    SHOOTER("Shooter"),
    INDIE("Indie");

    private final String title;

    Genre(String title) {
        this.title = title;
    }

    /** As the catalogue writes it. */
    String title() {
        return title;
    }

    /** The genres with these titles, without those that the world doesn't know. */
    static Set<Genre> of(Collection<String> titles) {
        Set<Genre> found = EnumSet.noneOf(Genre.class);
        for (Genre genre : values()) {
            if (titles.contains(genre.title)) {
                found.add(genre);
            }
        }
        return found;
    }
}
