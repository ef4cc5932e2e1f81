package io.gamestream.cdc.source;

import java.util.regex.Pattern;

/**
 * A table by its schema and name, as the database spells them.
 *
 * @param schema never absent: a search path is no property of a table
 */
public record TableName(String schema, String table) {

    private static final Pattern FORM = Pattern.compile("[^.\"\\s]+\\.[^.\"\\s]+");

    /** Of {@code schema.table}. */
    public static TableName parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("table: '" + text + "' (expected: schema.table)");
        }
        int dot = text.indexOf('.');
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** For SQL text. */
    public String quoted() {
        return "\"" + schema + "\".\"" + table + "\"";
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
