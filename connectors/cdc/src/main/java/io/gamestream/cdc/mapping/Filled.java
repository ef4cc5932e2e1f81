package io.gamestream.cdc.mapping;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Fields with a default that rows have had a column for. One that never had a column is its default; one that has lost it would
 * become it in silence. Not thread-safe.
 */
final class Filled {

    private final Contract contract;
    private final Set<String> fields = new TreeSet<>();

    Filled(Contract contract) {
        this.contract = contract;
    }

    Set<String> fields() {
        return fields;
    }

    /** What earlier rows had, told by a former run. */
    void resume(Collection<String> before) {
        fields.clear();
        fields.addAll(before);
    }

    /**
     * Refuses a shape of the table in which one of these has no column.
     *
     * @throws MappingException naming it, unless the configuration says that it has none
     */
    void require(Set<String> columns) {
        for (Schema.Field field : contract.schema().getFields()) {
            String column = contract.column(field.name());
            if (fields.contains(field.name()) && !column.isEmpty() && !columns.contains(column)) {
                throw new MappingException("table " + contract.table() + " has no column " + column + " for field "
                        + field.name() + " of " + contract.schema().getFullName()
                        + ", which had one before: its default would pass for a value. Map another column to it"
                        + " (fields { " + field.name() + " = other_column }), or say that it has none (fields { "
                        + field.name() + " = \"\" })");
            }
        }
    }

    /** Takes the next shape of the table. */
    void shape(Set<String> columns) {
        require(columns);
        for (Schema.Field field : contract.schema().getFields()) {
            if (field.hasDefaultValue() && columns.contains(contract.column(field.name()))) {
                fields.add(field.name());
            } else {
                fields.remove(field.name());
            }
        }
    }
}
