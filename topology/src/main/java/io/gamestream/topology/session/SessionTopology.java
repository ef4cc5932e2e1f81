package io.gamestream.topology.session;

import io.gamestream.runtime.kafka.AvroSerdes;
import io.gamestream.schemas.SessionTopics;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.catalog.Game;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import io.gamestream.schemas.sessions.Assignment;
import io.gamestream.schemas.sessions.CellCapacity;
import io.gamestream.schemas.sessions.CellCheckpoint;
import io.gamestream.schemas.sessions.CellRecord;
import io.gamestream.schemas.sessions.HostCommand;
import io.gamestream.schemas.sessions.Play;
import io.gamestream.schemas.sessions.SessionEvent;
import io.gamestream.schemas.sessions.TicketCommand;
import io.gamestream.topology.streams.BinaryAvroSerde;
import io.gamestream.topology.streams.Guarantee;
import io.gamestream.topology.streams.StreamsSpec;
import io.gamestream.topology.streams.SuppliedProcessor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The gate, by player, and the cells, by cell:
 *
 * <pre>
 * tickets, assignments -> gate [session-players; session-games, session-capacities] -> answers, cell-inbox, tickets, assignments
 * cell-inbox -> cells [session-hosts, session-tickets, session-cells, session-policies]
 *   -> assignments, slot-events, events, plays, capacity, host-commands, cell-checkpoints, cell-inbox (ticks)
 * </pre>
 */
public final class SessionTopology {

    /** Names of the application, its nodes and stores. */
    static final class Names {

        static final String APPLICATION = "sessions";
        static final String GATE = "gate";
        static final String PLAYERS = "session-players";
        static final String GAMES = "session-games";
        static final String CAPACITIES = "session-capacities";
        static final String CELL = "cells";
        static final String HOSTS = "session-hosts";
        static final String TICKETS = "session-tickets";
        static final String CELLS = "session-cells";
        static final String POLICIES = "session-policies";

        private Names() {}

        /** Such as {@code slot-events} for {@code sessions.slot-events.v1}. */
        static String noun(TopicSpec topic) {
            return topic.name().split("\\.")[1];
        }
    }

    private SessionTopology() {}

    /** The application as it is started. */
    public static StreamsSpec spec(AvroSerdes serdes, SessionConfig config) {
        return new StreamsSpec(
                Names.APPLICATION,
                Guarantee.EXACTLY_ONCE,
                config.allocation(),
                Set.of(
                        SessionTopics.TICKETS.name(),
                        SessionTopics.ANSWERS.name(),
                        SessionTopics.CELL_INBOX.name(),
                        SessionTopics.CHECKPOINTS.name(),
                        SessionTopics.ASSIGNMENTS.name(),
                        SessionTopics.SLOT_EVENTS.name(),
                        SessionTopics.EVENTS.name(),
                        SessionTopics.CAPACITY.name(),
                        SessionTopics.HOST_COMMANDS.name(),
                        TopicCatalogue.PLAYS.name(),
                        TopicCatalogue.GAMES.name()),
                TopicCatalogue.SESSIONS_DEAD_LETTERS.name(),
                builder -> new Wiring(builder, serdes, config).wire());
    }

    private record Wiring(StreamsBuilder builder, AvroSerdes serdes, SessionConfig config) {

        void wire() {
            global(TopicCatalogue.GAMES, Names.GAMES, Game.class);
            global(SessionTopics.CAPACITY, Names.CAPACITIES, CellCapacity.class);
            gate();
            cells();
        }

        private void gate() {
            KStream<String, GateDecision> decisions = stream(SessionTopics.TICKETS, TicketCommand.class)
                    .mapValues(OutputRules::asked, Named.as("asked"))
                    .merge(
                            stream(SessionTopics.ASSIGNMENTS, Assignment.class)
                                    .processValues(ToldReader::new, Named.as("told")),
                            Named.as("or-told"))
                    .process(
                            SuppliedProcessor.of(
                                    () -> new GateProcessor(config),
                                    rows(
                                            Names.PLAYERS,
                                            BinaryAvroSerde.of(PlayerRow.getEncoder(), PlayerRow.getDecoder()))),
                            Named.as(Names.GATE));
            decisions
                    .flatMapValues(GateDecision::answers, Named.as("answers"))
                    .to(SessionTopics.ANSWERS.name(), produced("answers-out"));
            decisions
                    .flatMapValues(OutputRules::ends, Named.as("ends"))
                    .to(SessionTopics.ASSIGNMENTS.name(), produced("ends-out"));
            rekeyed(decisions, GateDecision::cells, CellRecord::getCellId, "places")
                    .to(SessionTopics.CELL_INBOX.name(), toCells("places-out", CellRecord.class));
            rekeyed(decisions, GateDecision::commands, TicketCommand::getPlayerId, "party-commands")
                    .to(SessionTopics.TICKETS.name(), produced("party-commands-out"));
        }

        private void cells() {
            KStream<String, CellOutput> outputs = stream(SessionTopics.CELL_INBOX, CellRecord.class)
                    .process(
                            SuppliedProcessor.of(
                                    () -> new CellProcessor(config),
                                    rows(Names.HOSTS, BinaryAvroSerde.of(HostRow.getEncoder(), HostRow.getDecoder())),
                                    rows(
                                            Names.TICKETS,
                                            BinaryAvroSerde.of(TicketRow.getEncoder(), TicketRow.getDecoder())),
                                    rows(Names.CELLS, BinaryAvroSerde.of(CellRow.getEncoder(), CellRow.getDecoder())),
                                    rows(Names.POLICIES, Serdes.String())),
                            Named.as(Names.CELL));
            outputs.flatMapValues(OutputRules::own, Named.as("ticks"))
                    .to(SessionTopics.CELL_INBOX.name(), toCells("ticks-out", CellRecord.class));
            outputs.flatMapValues(OutputRules::kept, Named.as("checkpoints"))
                    .to(SessionTopics.CHECKPOINTS.name(), toCells("checkpoints-out", CellCheckpoint.class));
            each(outputs, SessionTopics.ASSIGNMENTS, CellDecision::assignments, Assignment::getPlayerId);
            each(outputs, SessionTopics.SLOT_EVENTS, CellDecision::slotEvents, OutputRules::slot);
            each(outputs, SessionTopics.EVENTS, CellDecision::sessionEvents, SessionEvent::getPlayerId);
            each(outputs, TopicCatalogue.PLAYS, OutputRules::plays, Play::getUserId);
            each(outputs, SessionTopics.CAPACITY, OutputRules::capacity, CellCapacity::getCellId);
            each(outputs, SessionTopics.HOST_COMMANDS, CellDecision::hostCommands, HostCommand::getHostId);
        }

        private <T extends SpecificRecord> void each(
                KStream<String, CellOutput> outputs,
                TopicSpec topic,
                Function<CellDecision, List<T>> part,
                Function<T, String> key) {
            String noun = Names.noun(topic);
            rekeyed(outputs, output -> OutputRules.part(output, part), key, noun)
                    .to(topic.name(), produced(noun + "-out"));
        }

        private static <D, T> KStream<String, T> rekeyed(
                KStream<String, D> decisions, Function<D, List<T>> part, Function<T, String> key, String name) {
            return decisions.flatMap(
                    (id, decision) -> part.apply(decision).stream()
                            .map(value -> KeyValue.pair(key.apply(value), value))
                            .toList(),
                    Named.as(name));
        }

        private <T extends SpecificRecord> KStream<String, T> stream(TopicSpec topic, Class<T> type) {
            return builder.stream(
                    topic.name(),
                    Consumed.with(Serdes.String(), serdes.valueSerde(type)).withName(Names.noun(topic) + "-in"));
        }

        /**
         * In memory, read from its topic at each start. One on disk that a {@code kill -9} leaves behind is refused under
         * exactly-once, and of global stores nobody takes it away (Kafka 4.3.1: "Tasks [-1_-1] are corrupted"): the service would
         * never start again.
         */
        private <T extends SpecificRecord> void global(TopicSpec topic, String store, Class<T> type) {
            builder.globalTable(
                    topic.name(),
                    Consumed.with(Serdes.String(), serdes.valueSerde(type)).withName(store + "-in"),
                    Materialized.<String, T>as(Stores.inMemoryKeyValueStore(store))
                            .withKeySerde(Serdes.String())
                            .withValueSerde(serdes.valueSerde(type))
                            .withCachingDisabled());
        }

        private static <R> StoreBuilder<KeyValueStore<String, R>> rows(String name, Serde<R> serde) {
            return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), serde);
        }

        private <T extends SpecificRecord> Produced<String, T> produced(String name) {
            return Produced.<String, T>with(Serdes.String(), serdes.valueSerde())
                    .withName(name);
        }

        private <T extends SpecificRecord> Produced<String, T> toCells(String name, Class<T> type) {
            StreamPartitioner<String, T> partitioner =
                    (topic, cellId, record, partitions) -> Optional.of(Set.of(config.partitionOf(cellId)));
            return Produced.with(Serdes.String(), serdes.valueSerde(type))
                    .withStreamPartitioner(partitioner)
                    .withName(name);
        }
    }
}
