package io.gamestream.local.world;

import io.gamestream.local.load.GameRow;
import io.gamestream.local.load.OrderRow;
import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.payments.OrderStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The world as it is. Changes by {@link #apply} only, after the action has been carried out; confined to one thread.
 */
final class WorldState implements Action.Handler<RuntimeException> {

    /** Only the newest paid orders may be refunded, as in real life; also keeps memory bounded. */
    private static final int REFUNDABLE = 500;

    private final UserMaker users;
    private final Map<Integer, Player> players = new HashMap<>();
    private final Map<Integer, Title> titles = new HashMap<>();
    private final LinkedHashMap<Integer, OpenOrder> pending = new LinkedHashMap<>();
    private final LinkedHashMap<Integer, OpenOrder> refundable = new LinkedHashMap<>();
    private final String playPrefix;
    private int lastUser;
    private int lastGame;
    private int lastOrder;
    private int withdrawn;
    private long lastPlay;

    /**
     * An empty world.
     *
     * @param boot how often the world has been started: makes the ids of plays, which no table keeps, differ from those before
     */
    WorldState(long seed, int boot) {
        this.users = new UserMaker(seed);
        this.playPrefix = "p-" + boot + "-";
    }

    void apply(Action action) {
        action.to(this);
    }

    Optional<Player> player(int number) {
        return Optional.ofNullable(players.get(number));
    }

    Optional<Title> title(int number) {
        return Optional.ofNullable(titles.get(number));
    }

    int players() {
        return players.size();
    }

    int titles() {
        return titles.size();
    }

    int withdrawn() {
        return withdrawn;
    }

    /** Oldest first. */
    Collection<OpenOrder> pending() {
        return pending.values();
    }

    /** Oldest first. */
    Collection<OpenOrder> refundable() {
        return refundable.values();
    }

    /** The highest number that a user ever had. */
    int lastUser() {
        return lastUser;
    }

    /** The highest number that a game ever had. */
    int lastGame() {
        return lastGame;
    }

    /** The highest number that an order ever had. */
    int lastOrder() {
        return lastOrder;
    }

    String nextPlayId() {
        return playPrefix + (lastPlay + 1);
    }

    /** After a restart: numbers of what was deleted are not given again. */
    void numbersUsed(int user, int game, int order) {
        lastUser = Math.max(lastUser, user);
        lastGame = Math.max(lastGame, game);
        lastOrder = Math.max(lastOrder, order);
    }

    @Override
    public void addUser(Action.AddUser action) {
        UserRow row = action.row();
        Region region = Region.of(row.region() == null ? "" : row.region());
        players.put(action.number(), new Player(action.number(), region, users.taste(action.number())));
        lastUser = Math.max(lastUser, action.number());
    }

    @Override
    public void changeProfile(Action.ChangeProfile action) {
        player(action.number()).ifPresent(player -> player.moveTo(action.region()));
    }

    @Override
    public void deleteUser(Action.DeleteUser action) {
        players.remove(action.number());
    }

    @Override
    public void addGame(Action.AddGame action) {
        GameRow row = action.row();
        titles.put(
                action.number(),
                new Title(action.number(), Genre.of(row.genres()), row.priceMinor(), GameStatus.ACTIVE, false));
        lastGame = Math.max(lastGame, action.number());
    }

    @Override
    public void changePrice(Action.ChangePrice action) {
        titles.computeIfPresent(action.number(), (number, title) -> title.withPrice(action.priceMinor()));
    }

    @Override
    public void changeDescription(Action.ChangeDescription action) {
        // Texts are not remembered here.
    }

    @Override
    public void changeGameStatus(Action.ChangeGameStatus action) {
        titles.computeIfPresent(action.number(), (number, title) -> {
            withdrawn += (title.isActive() ? 1 : 0) - (action.status() == GameStatus.ACTIVE ? 1 : 0);
            return title.withStatus(action.status());
        });
    }

    @Override
    public void deleteGame(Action.DeleteGame action) {
        title(action.number()).filter(title -> !title.isActive()).ifPresent(title -> withdrawn--);
        titles.remove(action.number());
    }

    @Override
    public void placeOrder(Action.PlaceOrder action) {
        OrderRow row = action.row();
        List<Integer> games = row.lines().stream()
                .flatMap(line -> Ids.GAME.number(line.gameId()).stream().boxed())
                .toList();
        int user = Ids.USER.number(row.userId()).orElse(0);
        player(user).ifPresent(player -> player.ordered(games));
        games.forEach(game -> titles.computeIfPresent(game, (number, title) -> title.withOrder()));
        lastOrder = Math.max(lastOrder, action.number());
        pending.put(action.number(), new OpenOrder(action.number(), user, games));
        // Genesis and recovery hand orders in that are settled already.
        if (row.status() != OrderStatus.PENDING) {
            settled(action.number(), row.status());
        }
    }

    @Override
    public void settleOrder(Action.SettleOrder action) {
        settled(action.number(), action.to());
    }

    @Override
    public void playGame(Action.PlayGame action) {
        lastPlay++;
    }

    private void settled(int number, OrderStatus to) {
        OpenOrder order = pending.remove(number);
        if (order == null) {
            order = refundable.remove(number);
        }
        if (order == null) {
            return;
        }
        List<Integer> games = order.games();
        if (to != OrderStatus.PAID) {
            player(order.user()).ifPresent(player -> player.returned(games));
            return;
        }
        player(order.user()).ifPresent(player -> player.paid(games));
        refundable.put(number, order);
        if (refundable.size() > REFUNDABLE) {
            refundable.remove(refundable.keySet().iterator().next());
        }
    }
}
