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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be known to be right before the first row: tables, contracts, topics, schemas.
 *
 * @param sinks by the engine's topic
 * @param ignored engine topics that are no captured table's
 * @param signals the table of watermarks, where there is one
 * @param managedPublication whether the engine may put tables into the publication; otherwise it is complete
 * @param partitions of the topics
 * @param columns of the captured tables
 */
record Prepared(
        Map<String, ChangeSink> sinks,
        Set<String> ignored,
        @Nullable TableName signals,
        boolean managedPublication,
        Map<String, Integer> partitions,
        Map<String, Set<String>> columns) {

    /** Checks all, and makes what is missing and may be made. */
    static Prepared prepare(SourceDatabase database, CdcSettings settings, Destinations destinations)
            throws SQLException {
        SourceCheck.server(database);
        Map<TableSettings, Contract> contracts = new LinkedHashMap<>();
        Map<String, Set<String>> columns = new HashMap<>();
        for (TableSettings table : settings.tables()) {
            TableInfo info = SourceCheck.table(database, table.table(), table.key(), settings.manageReplicaIdentity());
            contracts.put(table, Contracts.of(table, info));
            columns.put(table.table().toString(), info.columns().keySet());
        }
        Outboxes outboxes = Outboxes.check(database, settings);
        List<TopicSpec> facts = contracts.entrySet().stream()
                .map(entry -> Destinations.facts(
                        entry.getKey().topic(),
                        entry.getValue().schema(),
                        entry.getKey().partitions()))
                .toList();
        List<TopicSpec> all = new ArrayList<>(facts);
        all.addAll(outboxes.topics());
        all.add(TopicCatalogue.POSITIONS);
        all.add(TopicCatalogue.CDC_DEAD_LETTERS);
        Map<String, Integer> partitions = destinations.ensure(all);
        Map<String, Integer> ids = destinations.schemaIds(all);
        Map<String, ChangeSink> sinks = new HashMap<>();
        contracts.forEach((table, contract) -> sinks.put(
                engineTopic(settings, table.table()),
                new TableSink(new TableMapping(contract, ids.getOrDefault(table.topic(), 0)), table.topic())));
        outboxes.sinks(ids).forEach((table, sink) -> sinks.put(engineTopic(settings, table), sink));
        SourceCheck.Signals signalling = SourceCheck.signalling(
                database, TableName.parse(settings.signalTable()), settings.publication(), settings.captured());
        TableName signals = signalling.table();
        Set<String> ignored = signals == null ? Set.of() : Set.of(engineTopic(settings, signals));
        return new Prepared(sinks, ignored, signals, signalling.managedPublication(), partitions, columns);
    }

    /**
     * Goes on where a former run's {@link #filled} was.
     *
     * @throws MappingException where a field has lost its column since
     */
    void resume(Map<String, Set<String>> filled) {
        tables().forEach(sink -> sink.mapping()
                .resume(filled.getOrDefault(sink.table(), Set.of()), columns.getOrDefault(sink.table(), Set.of())));
    }

    /** By table: fields with a default that its rows have had a column for. */
    Map<String, Set<String>> filled() {
        return tables().collect(Collectors.toMap(
                TableSink::table, sink -> sink.mapping().filled()));
    }

    private Stream<TableSink> tables() {
        return sinks.values().stream().filter(TableSink.class::isInstance).map(TableSink.class::cast);
    }

    private static String engineTopic(CdcSettings settings, TableName table) {
        return settings.slot() + "." + table.schema() + "." + table.table();
    }
}
