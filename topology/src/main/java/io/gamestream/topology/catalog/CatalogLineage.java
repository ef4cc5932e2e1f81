package io.gamestream.topology.catalog;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.topology.streams.ViewStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each view comes from its facts, for whoever waits for a position (docs/adr/0001). A view has applied what is in a
 * stage's input when the group of that stage has committed past it, and the next stages after it, each against the ends
 * that their inputs had once the stage before was through.
 */
public final class CatalogLineage {

    private static final Map<String, List<ViewStage>> BY_VIEW = Map.of(
            TopicCatalogue.USER_VIEW.name(), List.of(catalog(TopicCatalogue.USERS.name())),
            TopicCatalogue.GAME_VIEW.name(), List.of(catalog(TopicCatalogue.GAMES.name())),
            TopicCatalogue.ORDER_VIEW.name(), List.of(catalog(TopicCatalogue.ORDERS.name())),
            TopicCatalogue.LIBRARY_VIEW.name(),
                    List.of(
                            sales(TopicCatalogue.ORDERS.name()),
                            sales(SalesTopology.Names.repartitionTopic(SalesTopology.Names.GRANTS))),
            TopicCatalogue.SALES_VIEW.name(),
                    List.of(
                            sales(TopicCatalogue.ORDERS.name()),
                            sales(SalesTopology.Names.repartitionTopic(SalesTopology.Names.DELTAS))));

    private CatalogLineage() {}

    /** The stages from the facts to the view, in this order; empty for a topic that isn't a view of the catalog. */
    public static Optional<List<ViewStage>> of(String viewTopic) {
        return Optional.ofNullable(BY_VIEW.get(viewTopic));
    }

    /** Every view with its stages. */
    public static Map<String, List<ViewStage>> all() {
        return BY_VIEW;
    }

    private static ViewStage catalog(String input) {
        return new ViewStage(CatalogTopology.Names.APPLICATION, input);
    }

    private static ViewStage sales(String input) {
        return new ViewStage(SalesTopology.Names.APPLICATION, input);
    }
}
