package io.gamestream.cdc.mapping;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What a table is captured as.
 *
 * @param table {@code schema.table}
 * @param schema of the records, a record
 * @param keyColumns in the order of the key
 * @param renames column by field, where the name isn't the field's in snake case; empty for a field without one
 */
public record Contract(String table, Schema schema, List<String> keyColumns, Map<String, String> renames) {

    public Contract {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new MappingException(
                    "table " + table + ": the schema is a " + schema.getType().getName() + " (expected: a record)");
        }
        if (keyColumns.isEmpty()) {
            throw new MappingException("table " + table + " has no primary key. Add one, or name the columns that"
                    + " identify a row (key = [a, b]) and set REPLICA IDENTITY FULL");
        }
        renames.keySet().forEach(field -> {
            if (schema.getField(field) == null) {
                throw new MappingException(
                        "table " + table + ": fields." + field + " is no field of " + schema.getFullName());
            }
        });
        keyColumns = List.copyOf(keyColumns);
        renames = Map.copyOf(renames);
    }

    /** Where a field's values come from; empty where it is said to have no column. */
    public String column(String field) {
        return renames.getOrDefault(field, snakeCase(field));
    }

    /**
     * Checks the contract against the table as the database describes it.
     *
     * @throws MappingException naming table, column and field of the first that doesn't fit
     */
    public void check(Map<String, ColumnType> columns) {
        RowPlan.slots(this, columns);
        KeyPlan.check(this, columns);
    }

    /** {@code priceMinor} is {@code price_minor}. */
    static String snakeCase(String field) {
        StringBuilder name = new StringBuilder(field.length() + 4);
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (Character.isUpperCase(c)) {
                if (i > 0) {
                    name.append('_');
                }
                name.append(Character.toLowerCase(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
