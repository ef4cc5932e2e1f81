package io.gamestream.cdc.mapping;

import java.io.IOException;
import org.apache.avro.io.Encoder;

/** Writes one value of a column, never null, as its Avro field wants it. */
@FunctionalInterface
interface Coercion {

    /** Throws {@link UnmappableException} where the field can't take the value. */
    void write(Object value, Encoder out) throws IOException;
}
