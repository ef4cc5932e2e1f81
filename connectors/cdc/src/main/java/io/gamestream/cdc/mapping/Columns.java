package io.gamestream.cdc.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Columns by name. */
final class Columns {

    private Columns() {}

    static Map<String, ColumnType> of(Schema rows) {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (Field field : rows.fields()) {
            columns.put(field.name(), ColumnType.ofEngine(field.schema()));
        }
        return columns;
    }
}
