package io.gamestream.cdc.capture;

import io.gamestream.cdc.CdcSettings;
import io.gamestream.cdc.OutboxSettings;
import io.gamestream.cdc.mapping.OutboxMapping;
import io.gamestream.cdc.source.SourceCheck;
import io.gamestream.cdc.source.SourceDatabase;
import io.gamestream.cdc.source.TableInfo;
import io.gamestream.cdc.source.TableName;
import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The configured outbox tables, checked.
 *
 * @param schemas of payloads, by topic
 * @param topics of all routes
 */
record Outboxes(List<OutboxSettings> settings, Map<String, Schema> schemas, List<TopicSpec> topics) {

    static Outboxes check(SourceDatabase database, CdcSettings settings) throws SQLException {
        Map<String, Schema> schemas = new HashMap<>();
        List<TopicSpec> topics = new ArrayList<>();
        for (OutboxSettings outbox : settings.outbox()) {
            // Rows are inserted whole and never updated: no large value is ever left out.
            TableInfo table = SourceCheck.table(database, outbox.table());
            OutboxMapping.check(outbox.table().toString(), names(outbox), table.columns());
            for (OutboxSettings.Route route : outbox.routes().values()) {
                @Nullable Schema schema = schema(outbox, route);
                if (schema != null) {
                    schemas.put(route.topic(), schema);
                }
                topics.add(Destinations.events(route.topic(), schema, route.partitions()));
            }
        }
        return new Outboxes(settings.outbox(), schemas, topics);
    }

    /** The one that is named, else the topic catalogue's; null for JSON as it is, into a topic that the catalogue doesn't know. */
    private static @Nullable Schema schema(OutboxSettings outbox, OutboxSettings.Route route) {
        return route.schema() == null
                ? TopicCatalogue.find(route.topic()).map(TopicSpec::schema).orElse(null)
                : Contracts.read(outbox.table(), route.schema());
    }

    /** By table, with the ids of the schemas by topic. */
    Map<TableName, ChangeSink> sinks(Map<String, Integer> ids) {
        Map<TableName, ChangeSink> sinks = new HashMap<>();
        for (OutboxSettings outbox : settings) {
            Map<String, OutboxMapping.Route> routes = new HashMap<>();
            outbox.routes().forEach((type, route) -> {
                @Nullable Schema schema = schemas.get(route.topic());
                routes.put(type, new OutboxMapping.Route(route.topic(), schema, ids.getOrDefault(route.topic(), 0)));
            });
            sinks.put(
                    outbox.table(),
                    new OutboxSink(new OutboxMapping(outbox.table().toString(), names(outbox), routes)));
        }
        return sinks;
    }

    private static OutboxMapping.Names names(OutboxSettings outbox) {
        OutboxSettings.Columns columns = outbox.columns();
        return new OutboxMapping.Names(
                columns.id(), columns.aggregateType(), columns.aggregateId(), columns.eventType(), columns.payload());
    }
}
