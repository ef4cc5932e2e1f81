package io.gamestream.local.world;

import io.gamestream.local.load.GameRow;
import io.gamestream.local.load.OrderRow;
import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.sessions.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The world at its beginning: a pure function of its settings and of the moment at which it begins. */
record Genesis(List<UserRow> users, List<GameRow> games, List<OrderRow> orders, List<Play> plays) {

    private static final Duration SIGN_UPS = Duration.ofDays(700);
    private static final Duration ORDERS = Duration.ofDays(90);
    private static final Duration PLAYS = Duration.ofDays(30);

    /** Of orders that are history: most were paid, and a few were not or were given back. */
    private static final double NOT_PAID = 0.08;

    /** Somebody who finds nothing to buy is not the end; this many in a row are. */
    private static final int TRIES = 100;

    static Genesis of(WorldSettings settings, Instant beginning) {
        World world = new World(settings);
        WorldState state = new WorldState(settings.seed(), 0);
        SplittableRandom random = Dice.of(settings.seed(), "genesis", 0);
        List<GameRow> games = new ArrayList<>();
        for (int i = 0; i < settings.games(); i++) {
            Action.AddGame game = (Action.AddGame) world.oldGame(state, beginning.minus(SIGN_UPS));
            state.apply(game);
            games.add(game.row());
        }
        List<UserRow> users = new ArrayList<>();
        for (int i = 0; i < settings.users(); i++) {
            Action.AddUser user =
                    (Action.AddUser) world.signUp(state, spread(beginning, SIGN_UPS, i, settings.users()));
            state.apply(user);
            users.add(user.row());
        }
        List<OrderRow> orders = history(
                        settings.orders(),
                        beginning,
                        ORDERS,
                        state,
                        at -> world.order(state, random, at, status(random)))
                .stream()
                .map(order -> ((Action.PlaceOrder) order).row())
                .toList();
        List<Play> plays =
                history(settings.plays(), beginning, PLAYS, state, at -> world.play(state, random, at)).stream()
                        .map(play -> ((Action.PlayGame) play).play())
                        .toList();
        return new Genesis(users, games, orders, plays);
    }

    private static List<Action> history(
            int count, Instant end, Duration length, WorldState state, Function<Instant, Optional<Action>> next) {
        List<Action> happened = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant at = spread(end, length, i, count);
            for (int tries = 0; tries < TRIES; tries++) {
                Optional<Action> action = next.apply(at);
                if (action.isPresent()) {
                    state.apply(action.orElseThrow());
                    happened.add(action.orElseThrow());
                    break;
                }
            }
        }
        return happened;
    }

    private static OrderStatus status(SplittableRandom random) {
        if (!Dice.chance(NOT_PAID, random)) {
            return OrderStatus.PAID;
        }
        return random.nextBoolean() ? OrderStatus.CANCELLED : OrderStatus.REFUNDED;
    }

    private static Instant spread(Instant end, Duration length, int index, int count) {
        return end.minus(length).plusMillis(length.toMillis() * index / count);
    }
}
