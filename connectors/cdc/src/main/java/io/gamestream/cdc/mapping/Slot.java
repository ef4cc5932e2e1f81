package io.gamestream.cdc.mapping;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** One field of a contract and where its value comes from. */
final class Slot {

    final Schema.Field field;
    final @Nullable String column;
    private final String path;
    private final NullableType type;
    private final @Nullable Coercion coercion;
    private final byte @Nullable [] fallback;

    private Slot(
            String table,
            Schema.Field field,
            @Nullable String column,
            @Nullable ColumnType source,
            NullableType type,
            @Nullable Coercion coercion,
            byte @Nullable [] fallback) {
        this.field = field;
        this.column = column;
        this.path = "table " + table + ", column " + column + " (" + source + "), field " + field.name() + ": ";
        this.type = type;
        this.coercion = coercion;
        this.fallback = fallback;
    }

    /** A field with a column. */
    static Slot of(String table, Schema.Field field, String column, ColumnType source) {
        String where = "table " + table + ", column " + column + " (" + source + "), field " + field.name();
        NullableType type = NullableType.of(field.schema());
        if (type == null) {
            throw new MappingException(where + ": " + field.schema() + " (expected: a type or its union with null)");
        }
        Coercion coercion = Coercions.find(source, type.schema());
        if (coercion == null) {
            throw new MappingException(where + " (" + describe(type.schema())
                    + "): no value of this column type fits this field. Give the field a type that does (string takes"
                    + " almost any), rename another column to it, or leave the field out of the schema");
        }
        return new Slot(table, field, column, source, type, coercion, null);
    }

    /** A field without a column: it always has its default. */
    static Slot of(String table, Schema.Field field, byte[] fallback) {
        return new Slot(table, field, null, null, new NullableType(field.schema(), -1), null, fallback);
    }

    void write(@Nullable Object value, Encoder out) throws IOException {
        if (coercion == null) {
            if (fallback != null) {
                out.writeFixed(fallback);
            }
        } else if (value == null) {
            if (!type.nullable()) {
                throw new UnmappableException(path + "NULL (expected: a value; make the field a union with null)");
            }
            type.writeNull(out);
        } else {
            writeValue(value, coercion, out);
        }
    }

    private void writeValue(Object value, Coercion how, Encoder out) throws IOException {
        try {
            if (Toast.isMissing(value)) {
                throw new UnmappableException("the log doesn't hold this large value, which the update left alone"
                        + " (expected: ALTER TABLE ... REPLICA IDENTITY FULL before the update)");
            }
            type.write(value, how, out);
        } catch (UnmappableException e) {
            throw new UnmappableException(path + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new UnmappableException(
                    path + "a value of " + value.getClass().getSimpleName() + " that can't be read", e);
        }
    }

    private static String describe(Schema schema) {
        return schema.getLogicalType() == null
                ? schema.getType().getName()
                : schema.getType().getName() + " " + schema.getLogicalType().getName();
    }
}
