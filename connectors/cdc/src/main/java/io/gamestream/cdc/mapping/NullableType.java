package io.gamestream.cdc.mapping;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * A type, or the union of null and one type.
 *
 * @param schema the type that isn't null
 * @param nullIndex of null in the union; -1 where there is no union
 */
record NullableType(Schema schema, int nullIndex) {

    /** Null for a union of anything else: a column has one type. */
    static @Nullable NullableType of(Schema schema) {
        if (!schema.isUnion()) {
            return new NullableType(schema, -1);
        }
        if (schema.getTypes().size() != 2) {
            return null;
        }
        Schema first = schema.getTypes().get(0);
        Schema second = schema.getTypes().get(1);
        if (first.getType() == Schema.Type.NULL) {
            return new NullableType(second, 0);
        }
        return second.getType() == Schema.Type.NULL ? new NullableType(first, 1) : null;
    }

    boolean nullable() {
        return nullIndex >= 0;
    }

    void writeNull(Encoder out) throws IOException {
        out.writeIndex(nullIndex);
        out.writeNull();
    }

    void write(Object value, Coercion coercion, Encoder out) throws IOException {
        if (nullIndex >= 0) {
            out.writeIndex(1 - nullIndex);
        }
        coercion.write(value, out);
    }
}
