package io.gamestream.local.world;

import java.util.OptionalInt;

/** Ids of the world's things: a letter and a number, such as {@code g-17}. No other source of rows uses them. */
enum Ids {
    USER("u-"),
    GAME("g-"),
    ORDER("o-");

    private final String prefix;

    Ids(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    String of(int number) {
        return prefix + number;
    }

    /** Empty for the id of something that is not the world's. */
    OptionalInt number(String id) {
        if (!id.startsWith(prefix)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(id.substring(prefix.length())));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
