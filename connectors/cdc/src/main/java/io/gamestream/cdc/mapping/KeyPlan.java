package io.gamestream.cdc.mapping;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * The key of a row as text. One column: its text form. Several: their text forms joined by {@value #SEPARATOR}, in which a
 * {@value #SEPARATOR} or a backslash of a value has a backslash before it, so that different keys stay different.
 */
final class KeyPlan {

    static final char SEPARATOR = '|';

    private final String table;
    private final Field[] fields;
    private final SourceKind[] kinds;

    private KeyPlan(String table, Field[] fields, SourceKind[] kinds) {
        this.table = table;
        this.fields = fields;
        this.kinds = kinds;
    }

    static KeyPlan compile(Contract contract, Schema rows) {
        Map<String, ColumnType> columns = Columns.of(rows);
        check(contract, columns);
        List<String> names = contract.keyColumns();
        Field[] fields = names.stream().map(rows::field).toArray(Field[]::new);
        SourceKind[] kinds = names.stream()
                .map(name -> Objects.requireNonNull(columns.get(name)).kind())
                .toArray(SourceKind[]::new);
        return new KeyPlan(contract.table(), fields, kinds);
    }

    static void check(Contract contract, Map<String, ColumnType> columns) {
        for (String column : contract.keyColumns()) {
            ColumnType type = columns.get(column);
            if (type == null) {
                throw new MappingException("table " + contract.table() + " has no column " + column
                        + ", which is part of the key. Add the column, or name other key columns (key = [...])");
            }
            if (type.array() || type.kind() == SourceKind.BYTES || type.kind() == SourceKind.UNKNOWN) {
                throw new MappingException("table " + contract.table() + ", column " + column + " (" + type
                        + ") has no text form and can't be part of the key");
            }
        }
    }

    String of(Struct row) {
        if (fields.length == 1) {
            return part(row, 0);
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                key.append(SEPARATOR);
            }
            escape(part(row, i), key);
        }
        return key.toString();
    }

    private String part(Struct row, int i) {
        Object value = RowPlan.value(row, fields[i]);
        if (value == null) {
            throw new UnmappableException("table " + table + ", column " + fields[i].name()
                    + ": NULL in the key. Where the key isn't the primary key, the table needs REPLICA IDENTITY FULL");
        }
        return Texts.of(kinds[i], value);
    }

    private static void escape(String part, StringBuilder key) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == SEPARATOR || c == '\\') {
                key.append('\\');
            }
            key.append(c);
        }
    }
}
