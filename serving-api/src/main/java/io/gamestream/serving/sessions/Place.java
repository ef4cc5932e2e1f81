package io.gamestream.serving.sessions;

import java.util.Comparator;

/** A game in a region. */
record Place(String region, String gameId) {

    static final Comparator<Place> ORDER = Comparator.comparing(Place::region).thenComparing(Place::gameId);
}
