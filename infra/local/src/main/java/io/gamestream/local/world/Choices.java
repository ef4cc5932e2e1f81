package io.gamestream.local.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Who does something and with what: popularity, taste and the time of day decide. Pure, apart from caches of weights. */
final class Choices {

    /** Players differ less than games do. */
    private static final double ACTIVITY_EXPONENT = 0.6;

    private static final double POPULARITY_EXPONENT = 1.0;

    /** How likely somebody takes a game outside of their taste that they have come across. */
    private static final double CURIOSITY = 0.12;

    private static final int TRIES = 40;

    private final Popularity games;
    private final Popularity players;
    private final Duration day;

    Choices(WorldSettings settings) {
        this.games = popularity(settings);
        this.players = activity(settings);
        this.day = settings.day();
    }

    /** How well each game is known. */
    static Popularity popularity(WorldSettings settings) {
        return new Popularity(settings.seed(), "popularity", settings.games(), POPULARITY_EXPONENT);
    }

    /** How active each user is. */
    static Popularity activity(WorldSettings settings) {
        return new Popularity(settings.seed(), "activity", settings.users(), ACTIVITY_EXPONENT);
    }

    /** Somebody who is awake now and to whom this applies. */
    Optional<Player> player(WorldState state, SplittableRandom random, Instant now, Predicate<Player> who) {
        players.growTo(state.lastUser());
        for (int i = 0; i < TRIES; i++) {
            Optional<Player> found = state.player(players.pick(random)).filter(who);
            if (found.isPresent() && Dice.chance(found.orElseThrow().region().load(now, day), random)) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Any player, however quiet, to whom this applies. */
    Optional<Player> anyPlayer(WorldState state, SplittableRandom random, Predicate<Player> who) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Player> found =
                    state.player(1 + random.nextInt(state.lastUser())).filter(who);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Any game, however little known, to which this applies. */
    Optional<Title> anyTitle(WorldState state, SplittableRandom random, Predicate<Title> which) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Title> found =
                    state.title(1 + random.nextInt(state.lastGame())).filter(which);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Up to so many different games that the player doesn't have and would buy. */
    List<Title> basket(WorldState state, SplittableRandom random, Player player, int atMost) {
        games.growTo(state.lastGame());
        List<Title> basket = new ArrayList<>();
        for (int i = 0; i < TRIES && basket.size() < atMost; i++) {
            state.title(games.pick(random))
                    .filter(Title::isActive)
                    .filter(title -> !player.wants(title.number()))
                    .filter(title -> basket.stream().noneMatch(other -> other.number() == title.number()))
                    .filter(title -> Dice.chance(appeal(player, title), random))
                    .ifPresent(basket::add);
        }
        return basket;
    }

    /** One of the games that the player has and that are still there. */
    Optional<Title> owned(WorldState state, SplittableRandom random, Player player) {
        for (int i = 0; i < TRIES && !player.games().isEmpty(); i++) {
            Optional<Title> found = state.title(Dice.pick(player.games(), random))
                    .filter(Title::isActive)
                    .filter(title -> Dice.chance(appeal(player, title), random));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static double appeal(Player player, Title title) {
        return Collections.disjoint(player.taste(), title.genres()) ? CURIOSITY : 1;
    }
}
