package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.TableSettings;
import io.gamestream.cdc.mapping.Contract;
import io.gamestream.cdc.mapping.TableMapping;
import io.gamestream.cdc.source.SourceCheck;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableInfo;
import io.gamestream.cdc.source.TableName;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be known to be right before the first row: tables, contracts, topics, schemas.
 *
 * @param routes by the engine's topic
 * @param ignored engine topics that are no captured table's
 * @param signals the table of watermarks, where there is one
 * @param partitions of the fact topics
 */
record Prepared(
        Map<String, RowWriter.Route> routes,
        Set<String> ignored,
        @Nullable TableName signals,
        Map<String, Integer> partitions) {

    /** Checks all, and makes what is missing and may be made. */
    static Prepared prepare(SourceDatabase database, CdcSettings settings, Destinations destinations)
            throws SQLException {
        SourceCheck.server(database);
        Map<TableSettings, Contract> contracts = new LinkedHashMap<>();
        for (TableSettings table : settings.tables()) {
            TableInfo info = SourceCheck.table(database, table.table(), table.key(), settings.manageReplicaIdentity());
            contracts.put(table, Contracts.of(table, info));
        }
        List<TopicSpec> facts = contracts.entrySet().stream()
                .map(entry -> Destinations.custom(
                        entry.getKey().topic(),
                        entry.getValue().schema(),
                        entry.getKey().partitions()))
                .toList();
        List<TopicSpec> all = new ArrayList<>(facts);
        all.add(TopicCatalogue.POSITIONS);
        all.add(TopicCatalogue.CDC_DEAD_LETTERS);
        Map<String, Integer> partitions = destinations.ensure(all);
        partitions.keySet().retainAll(facts.stream().map(TopicSpec::name).collect(Collectors.toSet()));
        Map<String, Integer> ids = destinations.schemaIds(withContracts(all, contracts));
        Map<String, RowWriter.Route> routes = new HashMap<>();
        contracts.forEach((table, contract) -> routes.put(
                engineTopic(settings, table.table()),
                new RowWriter.Route(new TableMapping(contract, ids.getOrDefault(table.topic(), 0)), table.topic())));
        TableName signals = SourceCheck.signals(database, TableName.parse(settings.signalTable()))
                .orElse(null);
        Set<String> ignored = new HashSet<>();
        if (signals != null) {
            ignored.add(engineTopic(settings, signals));
        }
        return new Prepared(routes, ignored, signals, partitions);
    }

    /** A table's own schema may be a later version than the topic catalogue's. */
    private static List<TopicSpec> withContracts(List<TopicSpec> topics, Map<TableSettings, Contract> contracts) {
        Map<String, Contract> byTopic = new HashMap<>();
        contracts.forEach((table, contract) -> byTopic.put(table.topic(), contract));
        return topics.stream()
                .map(topic -> {
                    Contract contract = byTopic.get(topic.name());
                    return contract == null
                            ? topic
                            : new TopicSpec(
                                    topic.name(),
                                    topic.key(),
                                    contract.schema(),
                                    topic.partitions(),
                                    topic.cleanup(),
                                    topic.retention(),
                                    topic.owner(),
                                    topic.meaning());
                })
                .toList();
    }

    private static String engineTopic(CdcSettings settings, TableName table) {
        return settings.slot() + "." + table.schema() + "." + table.table();
    }
}
