package io.gamestream.local.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.local.load.OrderRow;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.sessions.Play;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A book of its own on the world, kept from the rows and ids that would be written; complains about what can't happen. */
final class WorldRules implements Action.Handler<RuntimeException> {

    private final Set<String> everGiven = new HashSet<>();
    private final Set<String> users = new HashSet<>();
    private final Map<String, Long> prices = new HashMap<>();
    private final Set<String> withdrawn = new HashSet<>();
    private final Map<String, OrderRow> orders = new HashMap<>();
    private final Map<String, OrderStatus> statuses = new HashMap<>();
    private final Map<String, Integer> happened = new HashMap<>();

    void check(Action action) {
        happened.merge(action.getClass().getSimpleName(), 1, Integer::sum);
        action.to(this);
    }

    Map<String, Integer> happened() {
        return happened;
    }

    double withdrawnPart() {
        return (double) withdrawn.size() / prices.size();
    }

    long pending() {
        return statuses.values().stream()
                .filter(status -> status == OrderStatus.PENDING)
                .count();
    }

    @Override
    public void addUser(Action.AddUser action) {
        assertThat(everGiven.add(action.row().id())).as("new id: %s", action).isTrue();
        users.add(action.row().id());
    }

    @Override
    public void changeProfile(Action.ChangeProfile action) {
        assertThat(users).contains("u-" + action.number());
        assertThat(action.region().countries()).contains(action.country());
    }

    @Override
    public void deleteUser(Action.DeleteUser action) {
        assertThat(users.remove("u-" + action.number())).as("there: %s", action).isTrue();
        assertThat(orders.values()).noneMatch(order -> order.userId().equals("u-" + action.number()));
    }

    @Override
    public void addGame(Action.AddGame action) {
        assertThat(everGiven.add(action.row().id())).as("new id: %s", action).isTrue();
        prices.put(action.row().id(), action.row().priceMinor());
    }

    @Override
    public void changePrice(Action.ChangePrice action) {
        Long before = prices.put("g-" + action.number(), action.priceMinor());
        assertThat(before).as("a change: %s", action).isNotNull().isNotEqualTo(action.priceMinor());
        assertThat(action.priceMinor()).isNotNegative();
    }

    @Override
    public void changeDescription(Action.ChangeDescription action) {
        assertThat(prices).containsKey("g-" + action.number());
    }

    @Override
    public void changeGameStatus(Action.ChangeGameStatus action) {
        String id = "g-" + action.number();
        assertThat(prices).containsKey(id);
        boolean changed = action.status() == GameStatus.WITHDRAWN ? withdrawn.add(id) : withdrawn.remove(id);
        assertThat(changed).as("a change: %s", action).isTrue();
    }

    @Override
    public void deleteGame(Action.DeleteGame action) {
        String id = "g-" + action.number();
        assertThat(prices.remove(id)).as("there: %s", action).isNotNull();
        withdrawn.remove(id);
        assertThat(orders.values()).noneMatch(order -> games(order).contains(id));
    }

    @Override
    public void placeOrder(Action.PlaceOrder action) {
        OrderRow order = action.row();
        assertThat(everGiven.add(order.id())).as("new id: %s", action).isTrue();
        assertThat(users).contains(order.userId());
        assertThat(games(order)).doesNotHaveDuplicates().hasSizeBetween(1, 3);
        for (OrderRow.Line line : order.lines()) {
            assertThat(prices).containsEntry(line.gameId(), line.unitPriceMinor());
            assertThat(withdrawn).doesNotContain(line.gameId());
            assertThat(has(order.userId(), line.gameId(), OrderStatus.PAID, OrderStatus.PENDING))
                    .isFalse();
        }
        orders.put(order.id(), order);
        statuses.put(order.id(), order.status());
    }

    @Override
    public void settleOrder(Action.SettleOrder action) {
        OrderStatus before = statuses.put("o-" + action.number(), action.to());
        assertThat(before).isEqualTo(action.from());
        assertThat(Map.of(
                                OrderStatus.PENDING,
                                Set.of(OrderStatus.PAID, OrderStatus.CANCELLED),
                                OrderStatus.PAID,
                                Set.of(OrderStatus.REFUNDED))
                        .getOrDefault(action.from(), Set.of()))
                .as("%s", action)
                .contains(action.to());
    }

    @Override
    public void playGame(Action.PlayGame action) {
        Play play = action.play();
        assertThat(everGiven.add(play.getId())).as("new id: %s", play).isTrue();
        assertThat(withdrawn).doesNotContain(play.getGameId());
        assertThat(has(play.getUserId(), play.getGameId(), OrderStatus.PAID))
                .as("owned: %s", play)
                .isTrue();
        assertThat(play.getPlayedSeconds()).isBetween(60L, 4 * 3600 + 60L);
    }

    private boolean has(String user, String game, OrderStatus... inStatus) {
        return orders.values().stream()
                .filter(order -> order.userId().equals(user))
                .filter(order -> List.of(inStatus).contains(statuses.get(order.id())))
                .anyMatch(order -> games(order).contains(game));
    }

    private static List<String> games(OrderRow order) {
        return order.lines().stream().map(OrderRow.Line::gameId).collect(Collectors.toList());
    }
}
