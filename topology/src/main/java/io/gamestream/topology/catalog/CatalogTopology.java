package io.gamestream.topology.catalog;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.identity.User;
import io.gamestream.schemas.payments.Order;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.StreamsTuning;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Facts to views, one record in, one record out. Facts and views have as many partitions and the same partitioner, so
 * a key's view is in the partition of its facts. At least once: a repeated record is the same record, by its version.
 */
public final class CatalogTopology {

    /** Names of the application and of its nodes. */
    static final class Names {

        static final String APPLICATION = "catalog";

        private Names() {}

        static String source(String noun) {
            return noun + "-facts";
        }

        static String rule(String noun) {
            return noun + "-rule";
        }

        static String sink(String noun) {
            return noun + "-view";
        }
    }

    private CatalogTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, StreamsTuning tuning) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.AT_LEAST_ONCE,
                tuning,
                Set.of(
                        TopicCatalogue.USERS.name(),
                        TopicCatalogue.GAMES.name(),
                        TopicCatalogue.ORDERS.name(),
                        TopicCatalogue.USER_VIEW.name(),
                        TopicCatalogue.GAME_VIEW.name(),
                        TopicCatalogue.ORDER_VIEW.name()),
                TopicCatalogue.CATALOG_DEAD_LETTERS.name(),
                builder -> wire(builder, serdes));
    }

    private static void wire(StreamsBuilder builder, AvroSerdes serdes) {
        Wiring wiring = new Wiring(builder, serdes);
        wiring.pass(
                "users", TopicCatalogue.USERS, User.class, ViewRules::user, TopicCatalogue.USER_VIEW, UserView.class);
        wiring.pass(
                "games", TopicCatalogue.GAMES, Game.class, ViewRules::game, TopicCatalogue.GAME_VIEW, GameView.class);
        wiring.pass(
                "orders",
                TopicCatalogue.ORDERS,
                Order.class,
                ViewRules::order,
                TopicCatalogue.ORDER_VIEW,
                OrderView.class);
    }

    private record Wiring(StreamsBuilder builder, AvroSerdes serdes) {

        <F extends SpecificRecord, V extends SpecificRecord> void pass(
                String noun,
                TopicSpec facts,
                Class<F> factType,
                FactProcessor.Rule<F, V> rule,
                TopicSpec views,
                Class<V> viewType) {
            builder.stream(
                            facts.name(),
                            Consumed.with(Serdes.String(), serdes.valueSerde(factType))
                                    .withName(Names.source(noun)))
                    .process(() -> new FactProcessor<>(rule), Named.as(Names.rule(noun)))
                    .to(
                            views.name(),
                            Produced.with(Serdes.String(), serdes.valueSerde(viewType))
                                    .withName(Names.sink(noun)));
        }
    }
}
