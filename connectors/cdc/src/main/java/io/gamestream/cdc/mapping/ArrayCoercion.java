package io.gamestream.cdc.mapping;

import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Encoder;

/** A Postgres array; several dimensions arrive as lists of lists, which no element type takes. */
record ArrayCoercion(NullableType element, Coercion each) implements Coercion {

    @Override
    public void write(Object value, Encoder out) throws IOException {
        if (!(value instanceof List<?> items)) {
            throw Scalars.unexpected("an array", value);
        }
        out.writeArrayStart();
        out.setItemCount(items.size());
        for (Object item : items) {
            out.startItem();
            if (item != null) {
                element.write(item, each, out);
            } else if (element.nullable()) {
                element.writeNull(out);
            } else {
                throw new UnmappableException("NULL in an array whose elements can't be null");
            }
        }
        out.writeArrayEnd();
    }
}
