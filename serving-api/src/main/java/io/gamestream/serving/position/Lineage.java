package io.gamestream.serving.position;

import io.gamestream.serving.view.View;
import io.gamestream.topology.catalog.CatalogLineage;
import io.gamestream.topology.payment.PaymentLineage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The stages from facts to each view, as the topology that makes the views declares them. */
final class Lineage {

    private Lineage() {}

    static Map<View, List<Stage>> of() {
        Map<View, List<Stage>> lineage = new EnumMap<>(View.class);
        for (View view : View.values()) {
            CatalogLineage.of(view.topic())
                    .or(() -> PaymentLineage.of(view.topic()))
                    .ifPresent(stages -> lineage.put(
                            view,
                            stages.stream()
                                    .map(stage -> new Stage(stage.group(), stage.input()))
                                    .toList()));
        }
        return lineage;
    }
}
