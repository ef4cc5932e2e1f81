package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** How the rows of one shape of a table become records of its contract. Compiled once per shape. */
final class RowPlan {

    private final Slot[] slots;
    private final @Nullable Field[] sources;

    private RowPlan(List<Slot> slots, org.apache.kafka.connect.data.Schema rows) {
        this.slots = slots.toArray(new Slot[0]);
        this.sources = new Field[slots.size()];
        for (int i = 0; i < this.slots.length; i++) {
            String column = this.slots[i].column;
            sources[i] = column == null ? null : rows.field(column);
        }
    }

    static RowPlan compile(Contract contract, org.apache.kafka.connect.data.Schema rows) {
        return new RowPlan(slots(contract, Columns.of(rows)), rows);
    }

    /**
     * Pairs each field with its column.
     *
     * @throws MappingException for a required field without a column, or a column type that the field can't take
     */
    static List<Slot> slots(Contract contract, Map<String, ColumnType> columns) {
        List<Slot> slots = new ArrayList<>();
        for (Schema.Field field : contract.schema().getFields()) {
            String column = contract.column(field.name());
            ColumnType type = columns.get(column);
            if (type != null) {
                slots.add(Slot.of(contract.table(), field, column, type));
                continue;
            }
            byte[] fallback = Defaults.encode(field);
            if (fallback == null) {
                throw new MappingException("table " + contract.table() + " has no column " + column + " for field "
                        + field.name() + " of " + contract.schema().getFullName()
                        + ", which has no default. Add the column, map another one to the field"
                        + " (fields { " + field.name() + " = other_column }), or give the field a default");
            }
            slots.add(Slot.of(contract.table(), field, fallback));
        }
        return slots;
    }

    void write(Struct row, Encoder out) throws IOException {
        for (int i = 0; i < slots.length; i++) {
            Field source = sources[i];
            slots[i].write(source == null ? null : value(row, source), out);
        }
    }

    /** The column's value as it is: {@code get} would put the column's default in the place of a NULL. */
    static @Nullable Object value(Struct row, Field field) {
        return field.schema().defaultValue() == null ? row.get(field) : row.getWithoutDefault(field.name());
    }
}
