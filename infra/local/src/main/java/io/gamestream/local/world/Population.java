package io.gamestream.local.world;

import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.identity.Tier;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The users of a world at its beginning, and what they like to play: a pure function of its settings, for whoever lets them do
 * more than the world itself does. That some have moved, or left, since then is not known here.
 */
public final class Population {

    /** One of them. */
    public record Person(int number, String id, Region region, Tier tier) {}

    private final UserMaker users;
    private final Popularity activity;
    private final Popularity games;
    private final int size;

    public Population(WorldSettings settings) {
        this.users = new UserMaker(settings.seed());
        this.activity = Choices.activity(settings);
        this.games = Choices.popularity(settings);
        this.size = settings.users();
    }

    public int size() {
        return size;
    }

    /** Somebody, the active ones more often. */
    public Person anyone(SplittableRandom random) {
        int number = activity.pick(random);
        UserRow row = users.user(number, Instant.EPOCH);
        return new Person(number, row.id(), Region.of(Objects.requireNonNull(row.region())), row.tier());
    }

    /** The id of a game, the popular ones more often. */
    public String game(SplittableRandom random) {
        return Ids.GAME.of(games.pick(random));
    }
}
