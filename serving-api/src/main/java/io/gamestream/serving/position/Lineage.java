package io.gamestream.serving.position;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.serving.view.View;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The stages from facts to each view. */
final class Lineage {

    private Lineage() {}

    static Map<View, List<Stage>> of() {
        Map<View, List<Stage>> lineage = new EnumMap<>(View.class);
        lineage.put(View.USERS, List.of(new Stage("catalog", TopicCatalogue.USERS.name())));
        lineage.put(View.GAMES, List.of(new Stage("catalog", TopicCatalogue.GAMES.name())));
        lineage.put(View.ORDERS, List.of(new Stage("catalog", TopicCatalogue.ORDERS.name())));
        return lineage;
    }
}
