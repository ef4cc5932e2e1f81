package io.gamestream.schemas.compatibility;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Where two schemas give one value different meanings. */
final class LogicalTypeChanges {

    private final List<Break> breaks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private LogicalTypeChanges() {}

    static List<Break> between(Schema reader, Schema writer) {
        LogicalTypeChanges changes = new LogicalTypeChanges();
        changes.walk("", reader, writer);
        return changes.breaks;
    }

    private void walk(String path, Schema reader, Schema writer) {
        if (reader.isUnion() || writer.isUnion()) {
            branches(reader).forEach(branch -> branches(writer).stream()
                    .filter(other -> other.getType() == branch.getType()
                            && other.getFullName().equals(branch.getFullName()))
                    .forEach(other -> walk(path, branch, other)));
            return;
        }
        if (reader.getType() != writer.getType()) {
            return;
        }
        String before = meaning(writer);
        String now = meaning(reader);
        if (!Objects.equals(before, now)) {
            breaks.add(new Break(path, "LOGICAL_TYPE_CHANGED", "was " + before + ", is " + now));
        }
        switch (reader.getType()) {
            case RECORD -> fields(path, reader, writer);
            case ARRAY -> walk(path, reader.getElementType(), writer.getElementType());
            case MAP -> walk(path, reader.getValueType(), writer.getValueType());
            default -> {
                // Has no schema inside.
            }
        }
    }

    private void fields(String path, Schema reader, Schema writer) {
        if (!seen.add(reader.getFullName())) {
            return;
        }
        for (Schema.Field field : reader.getFields()) {
            Schema.Field before = writer.getField(field.name());
            if (before != null) {
                String inner = path.isEmpty() ? field.name() : path + "." + field.name();
                walk(inner, field.schema(), before.schema());
            }
        }
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }

    private static String meaning(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "decimal of scale " + decimal.getScale();
        }
        String named = schema.getProp("logicalType");
        return named == null ? "plain " + schema.getType().getName() : named;
    }
}
