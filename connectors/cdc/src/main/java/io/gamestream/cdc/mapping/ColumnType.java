package io.gamestream.cdc.mapping;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * The type of a column.
 *
 * @param kind of the column, or of its elements where it is an array
 * @param sqlName as messages name it, such as {@code int4} or {@code _text}
 */
public record ColumnType(SourceKind kind, boolean array, String sqlName) {

    private static final String SOURCE_TYPE = "__debezium.source.column.type";
    private static final String ENUM = "io.debezium.data.Enum";

    /** Of a type in the database's own catalog. */
    public static ColumnType ofCatalog(String typeName, boolean isEnum, boolean isArray) {
        return new ColumnType(isEnum ? SourceKind.ENUM : SourceKind.ofType(typeName), isArray, typeName);
    }

    /** Of a column as the capture engine describes it. */
    static ColumnType ofEngine(Schema schema) {
        boolean array = schema.type() == Schema.Type.ARRAY;
        Schema element = array ? schema.valueSchema() : schema;
        Map<String, String> parameters = schema.parameters();
        String declared = parameters == null ? null : parameters.get(SOURCE_TYPE);
        String name = declared == null ? schema.type().getName() : declared.toLowerCase(Locale.ROOT);
        String bare = array && name.startsWith("_") ? name.substring(1) : name;
        if (ENUM.equals(element.name())) {
            return new ColumnType(SourceKind.ENUM, array, bare);
        }
        return new ColumnType(SourceKind.ofType(bare), array, bare);
    }

    @Override
    public String toString() {
        return array ? sqlName + "[]" : sqlName;
    }
}
