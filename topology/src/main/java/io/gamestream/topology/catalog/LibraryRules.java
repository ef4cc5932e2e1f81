package io.gamestream.topology.catalog;

import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.OrderGrant;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Which games a user owns, by all orders that give them now. Pure. */
final class LibraryRules {

    /** Of two orders that give the same game; the id decides between orders of one instant, so that a replay decides alike. */
    private static final Comparator<LibraryItem> EARLIEST =
            Comparator.comparing(LibraryItem::getAcquiredAt).thenComparing(LibraryItem::getOrderId);

    private static final Comparator<LibraryItem> NEWEST_FIRST =
            EARLIEST.reversed().thenComparing(LibraryItem::getGameId);

    private LibraryRules() {}

    /** Of a user who never had a game. */
    static UserLibrary empty() {
        return new UserLibrary(List.of(), 0L);
    }

    /** The library after an order gives this now: what it gave before is replaced. */
    static UserLibrary fold(UserLibrary before, LibraryGrant grant) {
        List<OrderGrant> grants = new ArrayList<>(before.getGrants());
        grants.removeIf(known -> known.getOrderId().equals(grant.getOrderId()));
        if (!grant.getGames().isEmpty()) {
            grants.add(new OrderGrant(grant.getOrderId(), grant.getAcquiredAt(), grant.getGames()));
        }
        return new UserLibrary(grants, Math.max(before.getVersion(), grant.getLsn()));
    }

    /** One entry per game, by the earliest order that gives it; newest first. */
    static LibraryView view(String userId, UserLibrary library) {
        Map<String, LibraryItem> byGame = new HashMap<>();
        for (OrderGrant grant : library.getGrants()) {
            for (String game : grant.getGames()) {
                byGame.merge(
                        game,
                        new LibraryItem(game, grant.getOrderId(), grant.getAcquiredAt()),
                        BinaryOperator.minBy(EARLIEST));
            }
        }
        List<LibraryItem> items = new ArrayList<>(byGame.values());
        items.sort(NEWEST_FIRST);
        return new LibraryView(userId, items, library.getVersion());
    }
}
