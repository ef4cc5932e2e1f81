package io.gamestream.schemas.admin;

import io.gamestream.schemas.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** {@code docs/topics.md}: the catalogue for people. */
public final class TopicDocs {

    private TopicDocs() {}

    /** The whole page. */
    public static String markdown(Collection<TopicSpec> topics) {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Topics

                Generated from `TopicCatalogue` by its test; not edited by hand.
                Keys are UTF-8 text. Values are Avro in Confluent's wire format, subject `<topic>-value`; a null value is a delete.
                [consumers.md](consumers.md) tells how to read them. Consumers set `isolation.level=read_committed`.

                | topic | key | value | partitions | cleanup | written by | read by | what it holds |
                |---|---|---|---|---|---|---|---|
                """);
        topics.forEach(topic -> page.append(row(topic)));
        page.append("\n## Values\n");
        topics.stream().filter(topic -> topic.schema() != null).forEach(topic -> page.append(value(topic)));
        page.append(acls(topics));
        return page.toString();
    }

    private static String row(TopicSpec topic) {
        return "| `" + topic.name() + "` | " + topic.key() + " | " + valueName(topic.schema()) + " | "
                + topic.partitions()
                + " | " + cleanup(topic) + " | " + topic.owner() + " | " + String.join(", ", topic.readers()) + " | "
                + topic.meaning() + " |\n";
    }

    private static String valueName(@Nullable Schema schema) {
        return schema == null ? "as it came" : "[" + schema.getName() + "](#" + anchor(schema) + ")";
    }

    private static String cleanup(TopicSpec topic) {
        Duration retention = topic.retention();
        String kept = retention == null ? "kept for ever" : "kept " + retention.toDays() + " days";
        return switch (topic.cleanup()) {
            case COMPACT -> "compacted";
            case DELETE -> kept;
            case COMPACT_AND_DELETE -> "compacted, " + kept;
        };
    }

    private static String value(TopicSpec topic) {
        Schema schema = topic.schema();
        if (schema == null) {
            return "";
        }
        String fields = schema.getFields().stream()
                .map(field -> "| `" + field.name() + "` | " + type(field.schema()) + " | "
                        + (field.doc() == null ? "" : field.doc()) + " |\n")
                .collect(Collectors.joining());
        return "\n### " + schema.getName() + "\n\n`" + topic.name() + "`: " + schema.getDoc()
                + "\n\n| field | type | |\n|---|---|---|\n" + fields;
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .map(branch -> branch.getType() == Schema.Type.NULL ? "nothing" : type(branch))
                        .collect(Collectors.joining(" or "));
            case ARRAY -> "list of " + type(schema.getElementType());
            case MAP -> "map to " + type(schema.getValueType());
            case ENUM -> String.join(", ", schema.getEnumSymbols());
            case RECORD ->
                schema.getFields().stream()
                        .map(field -> "`" + field.name() + "` " + type(field.schema()))
                        .collect(Collectors.joining(", ", "(", ")"));
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }

    private static String acls(Collection<TopicSpec> topics) {
        String commands = Acls.of(topics).stream().map(Acl::command).collect(Collectors.joining("\n"));
        return """

                ## Access

                On a cluster with ACLs each service is a principal of its own name, with the least that it needs. `%s` runs
                `./backbone topics --apply`, `load` and `dlq`.
                Other products' consumers need `Read` on the topic and on their own group.

                ```sh
                KAFKA_ACLS="kafka-acls.sh --bootstrap-server HOST:PORT --command-config admin.properties"
                %s
                ```
                """.formatted(Acls.ADMIN, commands);
    }

    private static String anchor(Schema schema) {
        return schema.getName().toLowerCase(Locale.ROOT);
    }
}
