package io.gamestream.local.world;

import io.gamestream.local.load.OrderRow;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.sessions.Play;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The rules of the world: what happens next, given how it is. No I/O, no clock, no chance of its own. */
final class World {

    /** How often each thing happens, in a thousand. What is not possible at the moment becomes a sign-up. */
    private static final int PLAY = 460;

    private static final int PLACE = PLAY + 200;
    /** More often than orders are placed: the queue of pending ones stays short. */
    private static final int SETTLE = PLACE + 240;

    private static final int REFUND = SETTLE + 8;
    private static final int PRICE = REFUND + 30;
    private static final int PROFILE = PRICE + 25;
    private static final int RELEASE = PROFILE + 4;
    private static final int REWRITE = RELEASE + 4;
    private static final int WITHDRAW = REWRITE + 3;
    private static final int REINSTATE = WITHDRAW + 2;
    private static final int DELETE_USER = REINSTATE + 3;
    private static final int DELETE_GAME = DELETE_USER + 2;

    private static final double CANCELLED = 0.08;
    private static final double LEAST_ACTIVE_GAMES = 0.8;
    private static final int BASKET = 3;

    private final UserMaker users;
    private final GameMaker games;
    private final Choices choices;

    World(WorldSettings settings) {
        this.users = new UserMaker(settings.seed());
        this.games = new GameMaker(settings.seed());
        this.choices = new Choices(settings);
    }

    /** What happens next; the state is only read. */
    Action next(WorldState state, SplittableRandom random, Instant exactly) {
        // As exact as Postgres and Avro keep it.
        Instant now = exactly.truncatedTo(ChronoUnit.MICROS);
        return decide(random.nextInt(1000), state, random, now).orElseGet(() -> signUp(state, now));
    }

    Action signUp(WorldState state, Instant now) {
        int number = state.lastUser() + 1;
        return new Action.AddUser(number, users.user(number, now));
    }

    /** A game that has been around for a while. */
    Action oldGame(WorldState state, Instant now) {
        int number = state.lastGame() + 1;
        return new Action.AddGame(number, games.old(number, now));
    }

    /** An order in that status, unless nobody who is awake finds anything to buy. */
    Optional<Action> order(WorldState state, SplittableRandom random, Instant now, OrderStatus status) {
        return choices.player(state, random, now, player -> true).flatMap(player -> {
            List<OrderRow.Line> lines = choices.basket(state, random, player, 1 + random.nextInt(BASKET)).stream()
                    .map(title -> new OrderRow.Line(Ids.GAME.of(title.number()), 1, title.priceMinor()))
                    .toList();
            int number = state.lastOrder() + 1;
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Action.PlaceOrder(
                            number,
                            new OrderRow(
                                    Ids.ORDER.of(number),
                                    Ids.USER.of(player.number()),
                                    status,
                                    lines,
                                    GameMaker.CURRENCY,
                                    now)));
        });
    }

    /** A play, unless nobody who is awake has a game that can be played. */
    Optional<Action> play(WorldState state, SplittableRandom random, Instant now) {
        return choices.player(state, random, now, player -> !player.games().isEmpty())
                .flatMap(player -> choices.owned(state, random, player)
                        .map(title -> new Action.PlayGame(new Play(
                                state.nextPlayId(),
                                Ids.USER.of(player.number()),
                                Ids.GAME.of(title.number()),
                                seconds(random),
                                now))));
    }

    private Optional<Action> decide(int roll, WorldState state, SplittableRandom random, Instant now) {
        if (roll < PLAY) {
            return play(state, random, now);
        }
        if (roll < PLACE) {
            return order(state, random, now, OrderStatus.PENDING);
        }
        if (roll < SETTLE) {
            return settle(state, random).or(() -> order(state, random, now, OrderStatus.PENDING));
        }
        if (roll < REFUND) {
            return state.refundable().stream()
                    .skip(random.nextInt(Math.max(1, state.refundable().size())))
                    .findFirst()
                    .map(order -> new Action.SettleOrder(order.number(), OrderStatus.PAID, OrderStatus.REFUNDED));
        }
        if (roll < PRICE) {
            return choices.anyTitle(state, random, Title::isActive)
                    .map(title ->
                            new Action.ChangePrice(title.number(), games.anotherPrice(title.priceMinor(), random)));
        }
        if (roll < PROFILE) {
            return choices.player(state, random, now, player -> true).map(player -> changeProfile(player, random));
        }
        return decideRare(roll, state, random, now);
    }

    private Optional<Action> decideRare(int roll, WorldState state, SplittableRandom random, Instant now) {
        if (roll < RELEASE) {
            int number = state.lastGame() + 1;
            return Optional.of(new Action.AddGame(number, games.released(number, now)));
        }
        if (roll < REWRITE) {
            return choices.anyTitle(state, random, title -> true)
                    .map(title -> new Action.ChangeDescription(title.number(), Texts.description(random)));
        }
        if (roll < WITHDRAW) {
            boolean mayGo = state.titles() - state.withdrawn() > LEAST_ACTIVE_GAMES * state.titles();
            return choices.anyTitle(state, random, title -> mayGo && title.isActive())
                    .map(title -> new Action.ChangeGameStatus(title.number(), GameStatus.WITHDRAWN));
        }
        if (roll < REINSTATE) {
            return choices.anyTitle(state, random, title -> !title.isActive())
                    .map(title -> new Action.ChangeGameStatus(title.number(), GameStatus.ACTIVE));
        }
        if (roll < DELETE_USER) {
            return choices.anyPlayer(state, random, player -> !player.hasOrdered())
                    .map(player -> new Action.DeleteUser(player.number()));
        }
        if (roll < DELETE_GAME) {
            return choices.anyTitle(state, random, title -> !title.ordered())
                    .map(title -> new Action.DeleteGame(title.number()));
        }
        return Optional.empty();
    }

    private static Optional<Action> settle(WorldState state, SplittableRandom random) {
        OrderStatus to = Dice.chance(CANCELLED, random) ? OrderStatus.CANCELLED : OrderStatus.PAID;
        return state.pending().stream()
                .findFirst()
                .map(order -> new Action.SettleOrder(order.number(), OrderStatus.PENDING, to));
    }

    private static Action changeProfile(Player player, SplittableRandom random) {
        Region region = Dice.chance(0.1, random) ? UserMaker.region(random) : player.region();
        return new Action.ChangeProfile(
                player.number(),
                UserMaker.handle(random),
                UserMaker.tier(random),
                region,
                Dice.pick(region.countries(), random));
    }

    /** Most plays are short and a few are very long. */
    private static long seconds(SplittableRandom random) {
        double unit = random.nextDouble();
        return 60 + (long) (4 * 3600 * unit * unit * unit);
    }
}
