package io.gamestream.topology.catalog;

import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;
import io.gamestream.schemas.views.UserView;

/** What readers see of one fact. Pure. */
final class ViewRules {

    private ViewRules() {}

    /** Without the preferences, which are nobody else's business. */
    static UserView user(User user, long version) {
        return UserView.newBuilder()
                .setId(user.getId())
                .setHandle(user.getHandle())
                .setCountry(user.getCountry())
                .setRegion(user.getRegion())
                .setTier(user.getTier().name())
                .setStatus(user.getStatus().name())
                .setCreatedAt(user.getCreatedAt())
                .setUpdatedAt(user.getUpdatedAt())
                .setVersion(version)
                .build();
    }

    static GameView game(Game game, long version) {
        return GameView.newBuilder()
                .setId(game.getId())
                .setTitle(game.getTitle())
                .setDescription(game.getDescription())
                .setDeveloper(game.getDeveloper())
                .setPublisher(game.getPublisher())
                .setGenres(game.getGenres())
                .setPriceMinor(game.getPriceMinor())
                .setCurrency(game.getCurrency())
                .setReleaseDate(game.getReleaseDate())
                .setAgeRating(game.getAgeRating())
                .setGpuClass(game.getGpuClass().name())
                .setStatus(game.getStatus().name())
                .setCreatedAt(game.getCreatedAt())
                .setUpdatedAt(game.getUpdatedAt())
                .setVersion(version)
                .build();
    }

    static OrderView order(Order order, long version) {
        return OrderView.newBuilder()
                .setId(order.getId())
                .setUserId(order.getUserId())
                .setStatus(order.getStatus().name())
                .setLines(order.getLines().stream()
                        .map(line -> new OrderViewLine(line.getGameId(), line.getQuantity(), line.getUnitPriceMinor()))
                        .toList())
                .setTotalMinor(order.getTotalMinor())
                .setCurrency(order.getCurrency())
                .setPlacedAt(order.getPlacedAt())
                .setUpdatedAt(order.getUpdatedAt())
                .setVersion(version)
                .build();
    }
}
