package io.gamestream.cdc.mapping;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The Avro bytes of a field's default. */
final class Defaults {

    private Defaults() {}

    /** Null where the field has no default. */
    static byte @Nullable [] encode(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<Object>(field.schema())
                    .write(GenericData.get().getDefaultValue(field), out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
